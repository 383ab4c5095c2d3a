package kassa.domain.pricing;

import static kassa.domain.pricing.Carts.JPY;
import static kassa.domain.pricing.Carts.USD;
import static kassa.domain.pricing.Carts.line;
import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.rule.RuleId;
import org.junit.jupiter.api.Test;

class PricedLineTest {

  private static final RuleId RULE = RuleId.of(new UUID(0x0190_0000_0000_7000L, 1));
  private static final CartLine TEN_MUGS = line("MUG", "10", "100.00", USD);

  @Test
  void costs_what_the_discounts_leave() {
    PricedLine line = new PricedLine(TEN_MUGS, dollars(1000), List.of(takesOff(100), takesOff(90)));

    assertThat(line.discountTotal()).isEqualTo(dollars(190));
    assertThat(line.taxTotal()).isEqualTo(dollars(0));
    assertThat(line.total()).isEqualTo(dollars(810));
  }

  @Test
  void costs_its_subtotal_without_discounts() {
    PricedLine line = new PricedLine(TEN_MUGS, dollars(1000), List.of());

    assertThat(line.discountTotal()).isEqualTo(dollars(0));
    assertThat(line.total()).isEqualTo(dollars(1000));
  }

  @Test
  void may_be_free_but_never_costs_less_than_nothing() {
    assertThat(new PricedLine(TEN_MUGS, dollars(1000), List.of(takesOff(999), takesOff(1))).total())
        .isEqualTo(dollars(0));
    assertRefused(
        Reason.OUT_OF_RANGE,
        () -> new PricedLine(TEN_MUGS, dollars(1000), List.of(takesOff(1000), takesOff(1))));
    assertRefused(
        Reason.OUT_OF_RANGE, () -> new PricedLine(TEN_MUGS, new Money(-1, USD), List.of()));
  }

  @Test
  void refuses_discounts_in_another_currency() {
    Discount yen = new Discount(RULE, 1, "Bulk 10%", new Money(1, JPY));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PricedLine(TEN_MUGS, dollars(1000), List.of(yen)));
  }

  @Test
  void refuses_a_subtotal_in_another_currency_than_its_price() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PricedLine(TEN_MUGS, new Money(1_000, JPY), List.of()));
  }

  @Test
  void does_not_change_with_the_list_that_it_was_made_of() {
    List<Discount> discounts = new ArrayList<>(List.of(takesOff(100)));
    PricedLine line = new PricedLine(TEN_MUGS, dollars(1000), discounts);

    discounts.clear();

    assertThat(line.total()).isEqualTo(dollars(900));
  }

  private static Discount takesOff(long dollars) {
    return new Discount(RULE, 1, "Bulk 10%", dollars(dollars));
  }

  private static Money dollars(long dollars) {
    return new Money(dollars * 100, USD);
  }
}
