package kassa.domain.pricing;

import static kassa.domain.pricing.Carts.USD;
import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.rule.RuleId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscountTest {

  private static final RuleId RULE = RuleId.of(new UUID(0x0190_0000_0000_7000L, 1));

  @Test
  void takes_something_off() {
    assertThat(new Discount(RULE, 1, "Bulk 10%", new Money(1, USD)).amount())
        .isEqualTo(new Money(1, USD));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void refuses_to_take_nothing_or_less(long cents) {
    assertRefused(
        Reason.OUT_OF_RANGE, () -> new Discount(RULE, 1, "Bulk 10%", new Money(cents, USD)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refuses_a_version_that_no_rule_has(int version) {
    assertRefused(
        Reason.OUT_OF_RANGE, () -> new Discount(RULE, version, "Bulk 10%", new Money(1, USD)));
  }
}
