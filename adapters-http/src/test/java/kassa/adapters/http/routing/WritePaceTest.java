package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WritePaceTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final WritePace pace = new WritePace();

  @Test
  void write_that_waits_longer_than_the_timeout_is_too_slow() {
    pace.begin(0);

    assertThat(pace.isTooSlow(seconds(30), TIMEOUT)).isFalse();
    assertThat(pace.isTooSlow(seconds(30) + 1, TIMEOUT)).isTrue();
  }

  @Test
  void client_is_slow_only_while_a_write_waits_for_it() {
    pace.begin(0);
    pace.end(seconds(40), 1);

    assertThat(pace.isTooSlow(seconds(1_000), TIMEOUT)).isFalse();
  }

  @Test
  void time_beyond_the_minimum_rate_adds_up_over_writes() {
    for (int i = 0; i < 29; i++) {
      pace.begin(seconds(3 * i));
      pace.end(seconds(3 * i + 2), WritePace.MIN_BYTES_PER_SECOND);
    }
    pace.begin(seconds(100));

    assertThat(pace.isTooSlow(seconds(101), TIMEOUT)).isFalse();
    assertThat(pace.isTooSlow(seconds(101) + 1, TIMEOUT)).isTrue();
  }

  @Test
  void client_at_the_minimum_rate_is_never_too_slow() {
    for (int i = 0; i < 1_000; i++) {
      pace.begin(seconds(i));
      assertThat(pace.isTooSlow(seconds(i + 1), TIMEOUT)).isFalse();
      pace.end(seconds(i + 1), WritePace.MIN_BYTES_PER_SECOND);
    }
  }

  @Test
  void fast_writes_earn_no_credit() {
    pace.begin(0);
    pace.end(1, 1_000 * WritePace.MIN_BYTES_PER_SECOND);
    pace.begin(seconds(1));

    assertThat(pace.isTooSlow(seconds(31) + 1, TIMEOUT)).isTrue();
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
