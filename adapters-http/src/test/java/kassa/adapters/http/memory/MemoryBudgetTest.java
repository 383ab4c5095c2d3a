package kassa.adapters.http.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private static final long MAX = 1 << 20;

  private final MemoryBudget budget = new MemoryBudget(MAX);

  @Test
  void small_request_gets_memory_while_large_ones_are_rejected() throws Exception {
    budget.run(() -> {
      MemoryBudget.reserve(MAX / 4 * 3);
      budget.run(() ->
          assertThatExceptionOfType(MemoryExhaustedException.class)
              .isThrownBy(() -> MemoryBudget.reserve(100_000)));
      budget.run(() -> MemoryBudget.reserve(10_000));
      assertThat(budget.used()).isEqualTo(MAX / 4 * 3);
    });
  }

  @Test
  void small_requests_cannot_exceed_the_whole_budget() throws Exception {
    MemoryBudget tiny = new MemoryBudget(1_000);
    tiny.run(() -> {
      MemoryBudget.reserve(900);
      assertThatExceptionOfType(MemoryExhaustedException.class)
          .isThrownBy(() -> tiny.run(() -> MemoryBudget.reserve(200)));
    });
  }

  @Test
  void counted_memory_may_exceed_the_budget_and_keeps_others_out() throws Exception {
    budget.run(() -> {
      MemoryBudget.count(2 * MAX);
      assertThat(budget.used()).isEqualTo(2 * MAX);
      assertThatExceptionOfType(MemoryExhaustedException.class)
          .isThrownBy(() -> budget.run(() -> MemoryBudget.reserve(1)));
    });
    assertThat(budget.used()).isZero();
  }

  @Test
  void parts_of_a_request_release_their_memory_one_by_one() throws Exception {
    budget.run(() -> {
      MemoryBudget.reserve(1_000);
      for (int part = 0; part < 10; part++) {
        MemoryBudget.runPart(() -> MemoryBudget.reserve(MAX / 2));
      }
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              MemoryBudget.runPart(() -> {
                MemoryBudget.reserve(1_000);
                throw new IllegalStateException();
              }));
      assertThat(budget.used()).isEqualTo(1_000);
    });
    assertThat(budget.used()).isZero();
  }

  @Test
  void failed_request_releases_its_memory() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            budget.run(() -> {
              MemoryBudget.reserve(1_000);
              throw new IllegalStateException();
            }));
    assertThat(budget.used()).isZero();
  }
}
