package kassa.domain.money;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.Cases;
import kassa.domain.testing.Law;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitPriceTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency JPY = Currency.getInstance("JPY");
  private static final Currency BHD = Currency.getInstance("BHD");
  private static final Currency CLF = Currency.getInstance("CLF");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          USD, 12.50,                          12500000, 12.50
          USD, 12.5,                           12500000, 12.50
          USD, 12,                             12000000, 12.00
          USD, 100,                           100000000, 100.00
          USD, 0,                                     0, 0.00
          USD, 0.00,                                  0, 0.00
          USD, -0,                                    0, 0.00
          USD, 0.0125,                            12500, 0.0125
          USD, 0.000001,                              1, 0.000001
          USD, 007.10,                          7100000, 7.10
          USD, 1.250000000000000000000000000000, 1250000, 1.25
          JPY, 1050,                         1050000000, 1050
          JPY, 0.5,                              500000, 0.5
          JPY, 0,                                     0, 0
          BHD, 1.5,                             1500000, 1.500
          BHD, 0.0055,                             5500, 0.0055
          CLF, 2,                               2000000, 2.0000
          CLF, 0.00001,                              10, 0.00001
          """)
  void is_read_to_six_places_and_written_with_those_of_its_currency_at_least(
      Currency currency, String text, long micros, String written) {
    UnitPrice price = UnitPrice.parse(text, currency);

    assertThat(price).isEqualTo(new UnitPrice(micros, currency));
    assertThat(price.toPlainString()).isEqualTo(written);
    assertThat(price.toBigDecimal()).isEqualTo(new BigDecimal(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "1.",
        ".5",
        ".",
        "-",
        "--1",
        "+1",
        " 1",
        "1 ",
        "1\n",
        "1e3",
        "1E3",
        "1e-3",
        "0x10",
        "1,000",
        "1,5",
        "1_000",
        "1.2.3",
        "NaN",
        "Infinity",
        "1f",
        "1d",
        "$1",
        "1 USD",
        "\u0661",
        "\uFF11",
        "1.\u0665",
        "\u22121",
        "1\u0000"
      })
  void refuses_text_that_is_no_plain_decimal(String text) {
    assertRefused(Reason.MALFORMED, () -> UnitPrice.parse(text, USD));
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refuses_more_digits_than_anybody_needs_without_reading_them() {
    String manyDigits = "1".repeat(10_000_000);

    assertRefused(Reason.MALFORMED, () -> UnitPrice.parse("1".repeat(31), USD));
    assertRefused(Reason.MALFORMED, () -> UnitPrice.parse("1." + "0".repeat(31), USD));
    assertRefused(Reason.MALFORMED, () -> UnitPrice.parse(manyDigits, USD));
    assertRefused(Reason.MALFORMED, () -> UnitPrice.parse("0." + manyDigits, USD));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          USD,   10000000000,   10000000000000000
          JPY, 1000000000000, 1000000000000000000
          BHD,    1000000000,    1000000000000000
          CLF,     100000000,     100000000000000
          """)
  void goes_up_to_a_million_million_minor_units(Currency currency, String greatest, long micros) {
    assertThat(UnitPrice.parse(greatest, currency)).isEqualTo(new UnitPrice(micros, currency));
    assertThat(UnitPrice.parse(greatest, currency).times(Quantity.of(1)))
        .isEqualTo(new Money(UnitPrice.GREATEST_MINOR_UNITS, currency));

    assertRefused(Reason.OUT_OF_RANGE, () -> UnitPrice.parse(greatest + ".000001", currency));
    assertRefused(Reason.OUT_OF_RANGE, () -> new UnitPrice(micros + 1, currency));
    assertRefused(Reason.OUT_OF_RANGE, () -> new UnitPrice(Long.MAX_VALUE, currency));
  }

  @Test
  void is_never_negative() {
    assertRefused(Reason.OUT_OF_RANGE, () -> UnitPrice.parse("-0.000001", USD));
    assertRefused(Reason.OUT_OF_RANGE, () -> UnitPrice.of(BigDecimal.valueOf(-1), USD));
    assertRefused(Reason.OUT_OF_RANGE, () -> new UnitPrice(-1, USD));
    assertRefused(Reason.OUT_OF_RANGE, () -> new UnitPrice(Long.MIN_VALUE, USD));
  }

  @Test
  void refuses_a_seventh_place() {
    assertRefused(Reason.TOO_PRECISE, () -> UnitPrice.parse("1.0000001", USD));
    assertRefused(Reason.TOO_PRECISE, () -> UnitPrice.parse("0.0000009", JPY));
    assertThat(UnitPrice.parse("1.0000010", USD)).isEqualTo(UnitPrice.parse("1.000001", USD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XXX", "XAU"})
  void refuses_a_currency_that_money_is_not_counted_in(Currency currency) {
    assertRefused(Reason.UNKNOWN_CURRENCY, () -> new UnitPrice(0, currency));
    assertRefused(Reason.UNKNOWN_CURRENCY, () -> UnitPrice.parse("1", currency));
  }

  @ParameterizedTest
  @MethodSource("kassa.domain.money.HostileDecimals#tooLarge")
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refuses_decimals_of_monstrous_size(BigDecimal value) {
    assertRefused(Reason.OUT_OF_RANGE, () -> UnitPrice.of(value, USD));
  }

  @ParameterizedTest
  @MethodSource({
    "kassa.domain.money.HostileDecimals#tooPrecise",
    "kassa.domain.money.HostileDecimals#tooSmall"
  })
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refuses_decimals_of_monstrous_precision(BigDecimal value) {
    assertRefused(Reason.TOO_PRECISE, () -> UnitPrice.of(value, USD));
  }

  @ParameterizedTest
  @MethodSource("kassa.domain.money.HostileDecimals#zeros")
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_zero_is_zero_whatever_its_exponent(BigDecimal value) {
    UnitPrice price = UnitPrice.of(value, USD);

    assertThat(price.isZero()).isTrue();
    assertThat(price.toPlainString()).isEqualTo("0.00");
  }

  @Test
  void only_zero_costs_nothing() {
    assertThat(new UnitPrice(0, USD).isZero()).isTrue();
    assertThat(new UnitPrice(1, USD).isZero()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          USD, 100.00,        1,        100.00
          USD, 19.99,         3,         59.97
          USD, 0.005,         1,          0.01
          USD, 0.004999,      1,          0.00
          USD, 0.0049,    1000,           4.90
          USD, 0.000001, 1000000,         1.00
          USD, 1.01,          0.5,        0.51
          USD, 1.00,          0.001,      0.00
          USD, 5.00,          0.001,      0.01
          USD, 10000000000,   1000000, 10000000000000000.00
          JPY, 105,           10,         1050
          JPY, 0.5,           1,             1
          JPY, 0.499999,      1,             0
          JPY, 333,           1.5,         500
          JPY, 1000000000000, 1000000, 1000000000000000000
          BHD, 0.0005,        1,         0.001
          BHD, 1.2344,        1,         1.234
          BHD, 1.2345,        1,         1.235
          CLF, 1.23455,       1,        1.2346
          """)
  void times_a_quantity_is_rounded_half_up_once(
      Currency currency, String price, String quantity, String expected) {
    Money cost = UnitPrice.parse(price, currency).times(Quantity.parse(quantity));

    assertThat(cost.toPlainString()).isEqualTo(expected);
    assertThat(cost.currency()).isEqualTo(currency);
  }

  private record Purchase(long micros, long thousandths, Currency currency) {

    Money cost() {
      return new UnitPrice(micros, currency).times(new Quantity(thousandths));
    }

    BigDecimal costByTheOracle() {
      return BigDecimal.valueOf(micros, 6)
          .multiply(BigDecimal.valueOf(thousandths, 3))
          .setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }

    Stream<Purchase> simpler() {
      return Stream.concat(
          Cases.nearer(0, micros).map(less -> new Purchase(less, thousandths, currency)),
          Cases.nearer(1, thousandths).map(less -> new Purchase(micros, less, currency)));
    }
  }

  @Test
  void costs_what_big_decimal_says_for_any_price_and_quantity() {
    Cases<Purchase> purchases =
        new Cases<>(
            random ->
                new Purchase(
                    Cases.ofAnyMagnitude(random, 100_000_000_000_000L),
                    Math.max(1, Cases.ofAnyMagnitude(random, Quantity.GREATEST_THOUSANDTHS)),
                    Cases.oneOf(random, List.of(USD, JPY, BHD, CLF))),
            Purchase::simpler);

    Law.holds(
        2_000,
        purchases,
        purchase ->
            assertThat(purchase.cost().toPlainString())
                .isEqualTo(purchase.costByTheOracle().toPlainString()));
  }

  @Test
  void is_read_back_as_it_was_written() {
    Cases<UnitPrice> prices =
        Cases.of(random ->
            new UnitPrice(
                Cases.ofAnyMagnitude(random, 100_000_000_000_000L),
                Cases.oneOf(random, List.of(USD, JPY, BHD, CLF))));

    Law.holds(
        1_000,
        prices,
        price -> {
          assertThat(UnitPrice.parse(price.toPlainString(), price.currency())).isEqualTo(price);
          assertThat(UnitPrice.of(price.toBigDecimal(), price.currency())).isEqualTo(price);
        });
  }

  @Test
  void says_by_its_name_what_is_wrong_with_it() {
    Currency usd = Currency.getInstance("USD");

    assertThat(UnitPrice.parse("listPrice", "12.50", usd)).isEqualTo(UnitPrice.parse("12.50", usd));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitPrice.parse("listPrice", "-1", usd))
        .withMessage("listPrice must be from 0 to 10000000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnitPrice.parse("listPrice", "much", usd))
        .withMessage("listPrice must be a plain decimal such as 12.50");
  }
}
