package kassa.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "1, PT5S",
    "2, PT5M",
    "3, PT30M",
    "4, PT2H",
    "5, PT5H",
    "6, PT10H",
    "7, PT14H",
    "8, PT20H",
    "9, PT24H"
  })
  void waits_longer_after_each_failure_by_up_to_a_fifth(int failures, Duration wait) {
    assertThat(RetrySchedule.wait(failures, null, 0)).isEqualTo(wait);
    assertThat(RetrySchedule.wait(failures, null, 500)).isEqualTo(wait.plus(wait.dividedBy(10)));
    assertThat(RetrySchedule.wait(failures, null, 999))
        .isLessThan(wait.plus(wait.dividedBy(5)))
        .isGreaterThan(wait.plus(wait.dividedBy(6)));
  }

  @Test
  void ends_after_the_tenth_attempt() {
    assertThat(RetrySchedule.wait(RetrySchedule.MAX_ATTEMPTS, null, 0)).isNull();
    assertThat(RetrySchedule.wait(RetrySchedule.MAX_ATTEMPTS, Duration.ofHours(1), 0)).isNull();
  }

  @Test
  void honours_a_longer_wait_of_the_receiver_up_to_a_day() {
    assertThat(RetrySchedule.wait(1, Duration.ofSeconds(1), 0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(RetrySchedule.wait(1, Duration.ofMinutes(2), 0)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetrySchedule.wait(1, Duration.ofDays(300), 0)).isEqualTo(Duration.ofHours(24));
  }
}
