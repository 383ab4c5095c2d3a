package kassa.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.List;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.junit.jupiter.api.Test;

class UsageCounterTest {

  private static final RuleId ONE = new RuleId("r1");
  private static final RuleId TWO = new RuleId("r2");

  @Test
  void lock_order_is_rule_then_kind_then_subject() {
    Currency usd = Currency.getInstance("USD");
    List<UsageCounter> inOrder =
        List.of(
            UsageCounter.ofTotal(ONE),
            UsageCounter.ofCode(ONE, new Code("A")),
            UsageCounter.ofCode(ONE, new Code("B")),
            UsageCounter.ofCustomer(ONE, "a"),
            UsageCounter.ofCustomer(ONE, "b"),
            UsageCounter.ofSpend(ONE, Currency.getInstance("EUR")),
            UsageCounter.ofSpend(ONE, usd),
            UsageCounter.ofTotal(TWO),
            UsageCounter.ofSpend(TWO, usd));

    assertThat(inOrder.reversed().stream().sorted()).containsExactlyElementsOf(inOrder);
  }

  @Test
  void code_counter_ignores_letter_case() {
    assertThat(UsageCounter.ofCode(ONE, new Code("Summer ")))
        .isEqualTo(UsageCounter.ofCode(ONE, new Code("SUMMER")));
  }
}
