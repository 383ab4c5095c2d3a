package kassa.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  @Test
  void opens_after_ten_failures_in_a_row_and_lets_one_probe_through_afterwards() {
    CircuitBreaker breaker = failures(CircuitBreaker.CLOSED, CircuitBreaker.MAX_FAILURES - 1);
    assertThat(breaker.permits(NOW, 8)).isEqualTo(8);

    CircuitBreaker open = breaker.failed(NOW);

    assertThat(open.permits(NOW, 8)).isZero();
    assertThat(open.permits(NOW.plusSeconds(29), 8)).isZero();
    assertThat(open.permits(NOW.plusSeconds(30), 8)).isEqualTo(1);
  }

  @Test
  void a_failed_probe_doubles_the_pause_up_to_a_bound() {
    CircuitBreaker breaker = failures(CircuitBreaker.CLOSED, CircuitBreaker.MAX_FAILURES);
    Instant at = NOW.plusSeconds(30);
    breaker = breaker.failed(at);
    assertThat(breaker.openUntil()).isEqualTo(at.plusSeconds(60));

    for (int i = 0; i < 20; i++) {
      at = at.plusSeconds(3_600);
      breaker = breaker.failed(at);
    }
    assertThat(breaker.openUntil()).isEqualTo(at.plusSeconds(30 * 64));
  }

  @Test
  void a_failure_that_was_under_way_when_it_opened_changes_nothing() {
    CircuitBreaker open = failures(CircuitBreaker.CLOSED, CircuitBreaker.MAX_FAILURES);

    assertThat(open.failed(NOW.plusSeconds(1))).isEqualTo(open);
  }

  @Test
  void a_success_closes_it() {
    assertThat(failures(CircuitBreaker.CLOSED, CircuitBreaker.MAX_FAILURES).succeeded())
        .isEqualTo(CircuitBreaker.CLOSED);
  }

  private static CircuitBreaker failures(CircuitBreaker breaker, int count) {
    CircuitBreaker failed = breaker;
    for (int i = 0; i < count; i++) {
      failed = failed.failed(NOW);
    }
    return failed;
  }
}
