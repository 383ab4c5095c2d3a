package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class SlowBodyTest {

  private static final int BUFFER_BYTES = 8_192;
  private static final int LIMIT = 1 << 20;

  @Test
  void small_body_may_take_half_a_minute() throws IOException {
    SlowBody body = new SlowBody(10, 1, 3_000);

    assertThat(RequestBody.read(body, BUFFER_BYTES, LIMIT, body::nanos)).hasSize(10);
  }

  @Test
  void body_below_the_minimum_rate_times_out() {
    SlowBody body = new SlowBody(LIMIT, 1, 3_001);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> RequestBody.read(body, BUFFER_BYTES, LIMIT, body::nanos))
        .satisfies(
            refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.REQUEST_TIMEOUT));
    assertThat(body.sent).isEqualTo(10);
  }

  @Test
  void large_body_at_a_steady_rate_may_take_longer() throws IOException {
    SlowBody body = new SlowBody(LIMIT, 8_192, 500);

    assertThat(RequestBody.read(body, BUFFER_BYTES, LIMIT, body::nanos)).hasSize(LIMIT);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(body.nanos())).isGreaterThan(60);
  }

  /** Request body that delivers one chunk per read, each after a simulated delay. */
  private static final class SlowBody extends InputStream {

    private final int length;
    private final int chunkSize;
    private final long millis;
    private long elapsed;
    private int sent;

    SlowBody(int length, int chunkSize, long millis) {
      this.length = length;
      this.chunkSize = chunkSize;
      this.millis = millis;
    }

    long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(elapsed);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("only reads into a buffer are supported");
    }

    @Override
    public int read(byte[] buffer, int offset, int limit) {
      if (sent == length) {
        return -1;
      }
      elapsed += millis;
      int count = Math.min(Math.min(limit, chunkSize), length - sent);
      sent += count;
      return count;
    }
  }
}
