package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static kassa.domain.testing.TestCarts.JPY;
import static kassa.domain.testing.TestCarts.USD;
import static kassa.domain.testing.TestCarts.line;
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
    PricedLine line = new PricedLine(TEN_MUGS, dollars(1000), List.of(discount(100), discount(90)));

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
  void rejects_discounts_above_the_subtotal() {
    assertThat(new PricedLine(TEN_MUGS, dollars(1000), List.of(discount(999), discount(1))).total())
        .isEqualTo(dollars(0));
    assertRejected(
        Reason.OUT_OF_RANGE,
        () -> new PricedLine(TEN_MUGS, dollars(1000), List.of(discount(1000), discount(1))));
    assertRejected(
        Reason.OUT_OF_RANGE, () -> new PricedLine(TEN_MUGS, new Money(-1, USD), List.of()));
  }

  @Test
  void rejects_discounts_in_another_currency() {
    Discount yen = new Discount(RULE, 1, "Bulk 10%", new Money(1, JPY));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PricedLine(TEN_MUGS, dollars(1000), List.of(yen)));
  }

  @Test
  void rejects_a_subtotal_in_another_currency() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PricedLine(TEN_MUGS, new Money(1_000, JPY), List.of()));
  }

  @Test
  void is_a_defensive_copy() {
    List<Discount> discounts = new ArrayList<>(List.of(discount(100)));
    PricedLine line = new PricedLine(TEN_MUGS, dollars(1000), discounts);

    discounts.clear();

    assertThat(line.total()).isEqualTo(dollars(900));
  }

  @Test
  void rejects_unit_runs_that_do_not_sum_to_the_line() {
    assertThat(withUnits(new UnitRun(4_000, 40_000, 0), new UnitRun(6_000, 60_000, 10_000)))
        .returns(dollars(900), PricedLine::total);
    assertRejected(Reason.OUT_OF_RANGE, () -> withUnits(new UnitRun(9_000, 100_000, 10_000)));
    assertRejected(Reason.OUT_OF_RANGE, () -> withUnits(new UnitRun(10_000, 99_999, 10_000)));
    assertRejected(Reason.OUT_OF_RANGE, () -> withUnits(new UnitRun(10_000, 100_000, 9_999)));
  }

  @Test
  void lists_unit_discounts_up_to_a_maximum() {
    PricedLine line = withUnits(new UnitRun(8_000, 80_000, 0), new UnitRun(2_000, 20_000, 10_000));

    assertThat(line.unitDiscounts(10)).hasSize(10).endsWith(dollars(0), dollars(50), dollars(50));
    assertRejected(Reason.TOO_MANY, () -> line.unitDiscounts(9));
  }

  private static PricedLine withUnits(UnitRun... units) {
    return new PricedLine(
        TEN_MUGS,
        dollars(1000),
        List.of(discount(100)),
        new Tax(dollars(0), false),
        List.of(units));
  }

  private static Discount discount(long dollars) {
    return new Discount(RULE, 1, "Bulk 10%", dollars(dollars));
  }

  private static Money dollars(long dollars) {
    return new Money(dollars * 100, USD);
  }
}
