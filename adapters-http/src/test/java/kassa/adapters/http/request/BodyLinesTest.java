package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLinesTest {

  private final AtomicLong nanos = new AtomicLong();

  @ParameterizedTest
  @ValueSource(strings = {"x", "\n", " "})
  void client_that_sends_no_complete_line_is_timed_out(String trickle) {
    BodyLines lines = linesOf(trickle, 10);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> {
          while (lines.next()) {
            assertThat(nanos.get()).isLessThan(TimeUnit.MINUTES.toNanos(1));
          }
        })
        .matches(timeout -> timeout.problem().kind() == ProblemKind.REQUEST_TIMEOUT);
    assertThat(nanos.get()).isLessThan(TimeUnit.MINUTES.toNanos(1));
  }

  @Test
  void client_that_sends_a_line_in_time_can_continue() {
    BodyLines lines = linesOf("{}\n", 25);

    for (int i = 0; i < 100; i++) {
      assertThat(lines.next()).isTrue();
      nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    }
  }

  @Test
  void skips_a_byte_order_mark_before_the_first_line_only() {
    BodyLines lines = linesOf("\uFEFF{}\n", 0);

    assertThat(lines.next()).isTrue();
    assertThat(lines.bytes()).isEqualTo("{}".getBytes(UTF_8));
    assertThat(lines.next()).isTrue();
    assertThat(lines.bytes()).isEqualTo("\uFEFF{}".getBytes(UTF_8));
  }

  @Test
  void idle_timeout_of_the_connection_is_a_timeout() {
    BodyLines lines =
        new BodyLines(
            buffer -> {
              throw new IOException(new TimeoutException("idle"));
            },
            () -> {},
            1_000,
            100,
            nanos::get);

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(lines::next)
        .matches(timeout -> timeout.problem().kind() == ProblemKind.REQUEST_TIMEOUT);
  }

  /** Lines of a client that sends the same text again and again, with seconds between. */
  private BodyLines linesOf(String text, int seconds) {
    return new BodyLines(
        buffer -> {
          nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
          byte[] bytes = text.getBytes(UTF_8);
          System.arraycopy(bytes, 0, buffer, 0, bytes.length);
          return bytes.length;
        },
        () -> {},
        Long.MAX_VALUE,
        100,
        nanos::get);
  }
}
