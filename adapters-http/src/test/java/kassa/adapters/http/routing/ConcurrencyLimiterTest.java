package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcurrencyLimiterTest {

  @ParameterizedTest
  @CsvSource({"512, 512, 512", "256, 512, 512", "64, 512, 128", "64, 100, 100", "0, 512, 1"})
  void a_small_heap_has_two_permits_of_single_requests_per_mebibyte(
      long heapMebibytes, int setting, int permits) {
    assertThat(ConcurrencyLimiter.maxSingleFor(heapMebibytes << 20, setting)).isEqualTo(permits);
  }
}
