package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowBodyTest {

  private static final int LIMIT = 1 << 20;

  @Test
  void a_body_may_take_half_a_minute_however_small_it_is() throws IOException {
    Dripping body = new Dripping(10, 1, 3_000);

    assertThat(RequestBody.read(body, LIMIT, body::nanos)).hasSize(10);
  }

  @Test
  void a_body_that_hardly_comes_is_not_waited_for() {
    Dripping body = new Dripping(LIMIT, 1, 3_001);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> RequestBody.read(body, LIMIT, body::nanos))
        .satisfies(
            refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.BODY_TOO_SLOW));
    assertThat(body.sent).isEqualTo(10);
  }

  @Test
  void a_large_body_may_take_longer_if_it_comes_steadily() throws IOException {
    Dripping body = new Dripping(LIMIT, 8_192, 500);

    assertThat(RequestBody.read(body, LIMIT, body::nanos)).hasSize(LIMIT);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(body.nanos())).isGreaterThan(60);
  }

  /** Some bytes at a time, each time after some of it. */
  private static final class Dripping extends InputStream {

    private final int length;
    private final int atOnce;
    private final long millis;
    private long passed;
    private int sent;

    Dripping(int length, int atOnce, long millis) {
      this.length = length;
      this.atOnce = atOnce;
      this.millis = millis;
    }

    long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(passed);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("a byte at a time would be slow");
    }

    @Override
    public int read(byte[] buffer, int offset, int limit) {
      if (sent == length) {
        return -1;
      }
      passed += millis;
      int now = Math.min(Math.min(limit, atOnce), length - sent);
      sent += now;
      return now;
    }
  }
}
