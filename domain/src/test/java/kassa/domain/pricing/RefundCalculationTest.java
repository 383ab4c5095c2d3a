package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.testing.TestQuotes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundCalculationTest {

  private static final String NO_DISCOUNT = "{type: 'percent_off_order', percent: '0'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # cart                 | rule                                                 | returned | refund
          3 x 10 A               | {type: 'percent_off_order', percent: '0'}            | 1        | 10.00
          3 x 10 A               | {type: 'percent_off_order', percent: '0'}            | 3        | 30.00
          3 x 10 A               | {type: 'amount_off_order', amount: '1'}              | 1        | 9.66
          3 x 10 A               | {type: 'amount_off_order', amount: '1'}              | 2        | 19.33
          3 x 10 A               | {type: 'amount_off_order', amount: '1'}              | 3        | 29.00
          # The third unit is cheaper than the first two.
          3 x 10 A               | {type: 'nth_unit_percent', n: 3, percent: '50'}      | 2        | 20.00
          3 x 10 A               | {type: 'nth_unit_percent', n: 3, percent: '50'}      | 3        | 25.00
          # The tax on 25.00 is 4.75; four fifths of it are on the first two units.
          3 x 10 A tax=19        | {type: 'nth_unit_percent', n: 3, percent: '50'}      | 2        | 23.80
          3 x 10 A tax=19        | {type: 'nth_unit_percent', n: 3, percent: '50'}      | 3        | 29.75
          # The tax is included in the price, and is not refunded twice.
          3 x 10 A tax=19; gross | {type: 'nth_unit_percent', n: 3, percent: '50'}      | 2        | 20.00
          3 x 10 A tax=19        | {type: 'percent_off_order', percent: '100'}          | 2        | 0.00
          # Shipping is not refunded.
          3 x 10 A; ship 5       | {type: 'percent_off_order', percent: '10'}           | 3        | 27.00
          # A part of a unit costs its part of the price, rounded down.
          1.5 x 10 A             | {type: 'percent_off_order', percent: '10'}           | 1        | 9.00
          1.5 x 10 A             | {type: 'percent_off_order', percent: '10'}           | 1.5      | 13.50
          1.5 x 10 A             | {type: 'percent_off_order', percent: '10'}           | 0.25     | 2.25
          1.5 x 10 A             | {type: 'percent_off_order', percent: '10'}           | 1.499    | 13.49
          0.4 x 9.99 A tax=19    | {type: 'percent_off_order', percent: '0'}            | 0.1      | 1.19
          0.4 x 9.99 A tax=19    | {type: 'percent_off_order', percent: '0'}            | 0.4      | 4.76
          0.001 x 9.99 A         | {type: 'percent_off_order', percent: '0'}            | 0.001    | 0.01
          2.5 x 10 A             | {type: 'percent_off_order', percent: '0'}            | 1.5      | 15.00
          # The second unit is cheaper than the first.
          2.5 x 10 A             | {type: 'nth_unit_percent', n: 2, percent: '50'}      | 1.5      | 12.50
          # Lines of the same product are refunded one after the other.
          0.4 x 10 A; 0.5 x 20 A | {type: 'percent_off_order', percent: '0'}            | 0.6      | 8.00
          # Units of the first lines are refunded first; other products are not.
          1 x 10 A; 5 x 7 B; 2 x 20 A | {type: 'percent_off_order', percent: '0'}       | 2        | 30.00
          1 x 10 A; 5 x 7 B; 2 x 20 A | {type: 'percent_off_order', percent: '0'}       | 3        | 50.00
          """)
  void refunds_the_paid_price_of_the_first_units(
      String cart, String rule, String returned, String refund) {
    PricedCart price = TestQuotes.of(cart, rule).price();

    assertThat(
            RefundCalculation.of(
                    price, Map.of(new Sku("A"), Quantity.parse(returned).thousandths()))
                .toPlainString())
        .isEqualTo(refund);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cart            | before | returned | tax
          3 x 9.99 A tax=19 | 0      | 1        | 1.89
          3 x 9.99 A tax=19 | 1000   | 1        | 1.90
          3 x 9.99 A tax=19 | 1000   | 2        | 3.80
          3 x 9.99 A tax=19 | 0      | 3        | 5.69
          """)
  void tax_of_partial_refunds_adds_up_to_the_tax(
      String cart, long before, String returned, String tax) {
    PricedCart price = TestQuotes.of(cart, NO_DISCOUNT).price();

    assertThat(
            RefundCalculation.taxOf(
                    price, new Sku("A"), before, Quantity.parse(returned).thousandths())
                .toPlainString())
        .isEqualTo(tax);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # sku, thousandths, refundable
          A,     1000,        true
          A,     1500,        false
          B,     2000,        true
          B,     1,           true
          C,     500,         false
          """)
  void refunds_a_fraction_only_of_a_sku_sold_by_weight(
      String sku, long thousandths, boolean refundable) {
    PricedCart price = TestQuotes.of("2 x 10 A; 1 x 7 B; 1.5 x 7 B", NO_DISCOUNT).price();

    assertThat(RefundCalculation.isRefundable(price, new Sku(sku), thousandths))
        .isEqualTo(refundable);
  }

  @Test
  void refunds_several_skus_at_once() {
    PricedCart price = TestQuotes.of("2 x 10 A; 2 x 7 B", NO_DISCOUNT).price();

    assertThat(
            RefundCalculation.of(price, Map.of(new Sku("A"), 1_000L, new Sku("B"), 2_000L))
                .toPlainString())
        .isEqualTo("24.00");
  }

  @Test
  void rejects_more_units_than_ordered() {
    PricedCart price = TestQuotes.of("1 x 10 A; 2 x 10 A", NO_DISCOUNT).price();

    assertRejected(
        Reason.OUT_OF_RANGE, () -> RefundCalculation.of(price, Map.of(new Sku("A"), 3_001L)));
    assertRejected(
        Reason.OUT_OF_RANGE, () -> RefundCalculation.of(price, Map.of(new Sku("B"), 1L)));
  }
}
