package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static kassa.domain.testing.TestCarts.USD;
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
  void has_a_positive_amount() {
    assertThat(new Discount(RULE, 1, "Bulk 10%", new Money(1, USD)).amount())
        .isEqualTo(new Money(1, USD));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void rejects_zero_and_negative_amounts(long cents) {
    assertRejected(
        Reason.OUT_OF_RANGE, () -> new Discount(RULE, 1, "Bulk 10%", new Money(cents, USD)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void rejects_a_rule_version_below_one(int version) {
    assertRejected(
        Reason.OUT_OF_RANGE, () -> new Discount(RULE, version, "Bulk 10%", new Money(1, USD)));
  }
}
