package kassa.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchLimitsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1,     PT0.000000001S
          2000,  PT30S
          10000, PT1H
          """)
  void accepts_values_in_range(int concurrency, Duration deadline) {
    BatchLimits batchLimits = new BatchLimits(concurrency, deadline);

    assertThat(batchLimits.maxConcurrency()).isEqualTo(concurrency);
    assertThat(batchLimits.deadline()).isEqualTo(deadline);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0,      PT30S,              concurrency
          -1,     PT30S,              concurrency
          10001,  PT30S,              concurrency
          2000,   PT0S,               deadline
          2000,   PT-1S,              deadline
          2000,   PT1H0.000000001S,   deadline
          """)
  void rejects_values_out_of_range_by_name(int concurrency, Duration deadline, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchLimits(concurrency, deadline))
        .withMessageStartingWith(name);
  }
}
