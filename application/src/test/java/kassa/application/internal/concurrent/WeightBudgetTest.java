package kassa.application.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import kassa.application.port.in.OverloadedException;
import org.junit.jupiter.api.Test;

class WeightBudgetTest {

  private final WeightBudget budget = new WeightBudget(10);

  @Test
  void allows_values_until_the_budget_is_taken() {
    assertThat(budget.tryTake(6)).isTrue();
    assertThat(budget.tryTake(5)).isFalse();
    assertThat(budget.tryTake(4)).isTrue();
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> budget.take(1, Duration.ofMillis(1)));

    budget.giveBack(6);

    assertThatNoException().isThrownBy(() -> budget.take(6, Duration.ZERO));
  }

  @Test
  void heavier_value_takes_the_whole_budget() {
    assertThat(budget.tryTake(100)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();

    budget.giveBack(100);

    assertThat(budget.tryTake(10)).isTrue();
    assertThat(budget.tryTake(1)).isFalse();
  }

  @Test
  void takes_what_is_free_of_a_weight_that_is_not_free() {
    budget.takeAsFarAsFree(8);
    assertThat(budget.tryTake(1)).isTrue();
    budget.takeAsFarAsFree(8);
    assertThat(budget.tryTake(1)).isFalse();
  }
}
