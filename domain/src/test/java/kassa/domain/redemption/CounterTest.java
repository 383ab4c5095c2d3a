package kassa.domain.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.List;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.junit.jupiter.api.Test;

class CounterTest {

  private static final RuleId ONE = new RuleId("r1");
  private static final RuleId TWO = new RuleId("r2");

  @Test
  void is_locked_by_rule_then_by_kind_then_by_whom_it_counts() {
    Currency usd = Currency.getInstance("USD");
    List<Counter> inOrder =
        List.of(
            Counter.ofAll(ONE),
            Counter.ofCode(ONE, new Code("A")),
            Counter.ofCode(ONE, new Code("B")),
            Counter.ofCustomer(ONE, "a"),
            Counter.ofCustomer(ONE, "b"),
            Counter.ofSpend(ONE, Currency.getInstance("EUR")),
            Counter.ofSpend(ONE, usd),
            Counter.ofAll(TWO),
            Counter.ofSpend(TWO, usd));

    assertThat(inOrder.reversed().stream().sorted()).containsExactlyElementsOf(inOrder);
  }

  @Test
  void two_spellings_of_a_code_are_counted_together() {
    assertThat(Counter.ofCode(ONE, new Code("Summer ")))
        .isEqualTo(Counter.ofCode(ONE, new Code("SUMMER")));
  }
}
