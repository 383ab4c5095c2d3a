package kassa.domain.money;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.testing.CaseGenerator;
import kassa.domain.testing.PropertyCheck;
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
  void parses_six_places_and_formats_at_least_those_of_its_currency(
      Currency currency, String text, long micros, String formatted) {
    UnitPrice price = UnitPrice.parse(text, currency);

    assertThat(price).isEqualTo(new UnitPrice(micros, currency));
    assertThat(price.toPlainString()).isEqualTo(formatted);
    assertThat(price.toBigDecimal()).isEqualTo(new BigDecimal(formatted));
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
  void rejects_text_that_is_not_a_plain_decimal(String text) {
    assertRejected(Reason.MALFORMED, () -> UnitPrice.parse(text, USD));
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void rejects_very_long_digit_strings_without_parsing() {
    String manyDigits = "1".repeat(10_000_000);

    assertRejected(Reason.MALFORMED, () -> UnitPrice.parse("1".repeat(31), USD));
    assertRejected(Reason.MALFORMED, () -> UnitPrice.parse("1." + "0".repeat(31), USD));
    assertRejected(Reason.MALFORMED, () -> UnitPrice.parse(manyDigits, USD));
    assertRejected(Reason.MALFORMED, () -> UnitPrice.parse("0." + manyDigits, USD));
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
  void max_price_is_10_to_the_12_minor_units(Currency currency, String max, long micros) {
    assertThat(UnitPrice.parse(max, currency)).isEqualTo(new UnitPrice(micros, currency));
    assertThat(UnitPrice.parse(max, currency).times(Quantity.of(1)))
        .isEqualTo(new Money(UnitPrice.MAX_MINOR_UNITS, currency));

    assertRejected(Reason.OUT_OF_RANGE, () -> UnitPrice.parse(max + ".000001", currency));
    assertRejected(Reason.OUT_OF_RANGE, () -> new UnitPrice(micros + 1, currency));
    assertRejected(Reason.OUT_OF_RANGE, () -> new UnitPrice(Long.MAX_VALUE, currency));
  }

  @Test
  void is_never_negative() {
    assertRejected(Reason.OUT_OF_RANGE, () -> UnitPrice.parse("-0.000001", USD));
    assertRejected(Reason.OUT_OF_RANGE, () -> UnitPrice.of(BigDecimal.valueOf(-1), USD));
    assertRejected(Reason.OUT_OF_RANGE, () -> new UnitPrice(-1, USD));
    assertRejected(Reason.OUT_OF_RANGE, () -> new UnitPrice(Long.MIN_VALUE, USD));
  }

  @Test
  void rejects_seven_decimal_places() {
    assertRejected(Reason.TOO_PRECISE, () -> UnitPrice.parse("1.0000001", USD));
    assertRejected(Reason.TOO_PRECISE, () -> UnitPrice.parse("0.0000009", JPY));
    assertThat(UnitPrice.parse("1.0000010", USD)).isEqualTo(UnitPrice.parse("1.000001", USD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XXX", "XAU"})
  void rejects_a_currency_without_minor_unit(Currency currency) {
    assertRejected(Reason.UNKNOWN_CURRENCY, () -> new UnitPrice(0, currency));
    assertRejected(Reason.UNKNOWN_CURRENCY, () -> UnitPrice.parse("1", currency));
  }

  @ParameterizedTest
  @MethodSource("kassa.domain.money.HostileDecimals#tooLarge")
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void rejects_huge_decimals_quickly(BigDecimal value) {
    assertRejected(Reason.OUT_OF_RANGE, () -> UnitPrice.of(value, USD));
  }

  @ParameterizedTest
  @MethodSource({
    "kassa.domain.money.HostileDecimals#tooPrecise",
    "kassa.domain.money.HostileDecimals#tooSmall"
  })
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void rejects_decimals_with_huge_precision_quickly(BigDecimal value) {
    assertRejected(Reason.TOO_PRECISE, () -> UnitPrice.of(value, USD));
  }

  @ParameterizedTest
  @MethodSource("kassa.domain.money.HostileDecimals#zeros")
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void accepts_zero_with_any_exponent(BigDecimal value) {
    UnitPrice price = UnitPrice.of(value, USD);

    assertThat(price.isZero()).isTrue();
    assertThat(price.toPlainString()).isEqualTo("0.00");
  }

  @Test
  void is_zero_only_at_price_zero() {
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

    BigDecimal expectedCost() {
      return BigDecimal.valueOf(micros, 6)
          .multiply(BigDecimal.valueOf(thousandths, 3))
          .setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }

    Stream<Purchase> simplerCases() {
      return Stream.concat(
          CaseGenerator.closerNumbers(0, micros)
              .map(less -> new Purchase(less, thousandths, currency)),
          CaseGenerator.closerNumbers(1, thousandths)
              .map(less -> new Purchase(micros, less, currency)));
    }
  }

  @Test
  void times_quantity_equals_big_decimal() {
    CaseGenerator<Purchase> purchases =
        new CaseGenerator<>(
            random ->
                new Purchase(
                    CaseGenerator.anyMagnitude(random, 100_000_000_000_000L),
                    Math.max(1, CaseGenerator.anyMagnitude(random, Quantity.MAX_THOUSANDTHS)),
                    CaseGenerator.oneOf(random, List.of(USD, JPY, BHD, CLF))),
            Purchase::simplerCases);

    PropertyCheck.forAll(
        2_000,
        purchases,
        purchase ->
            assertThat(purchase.cost().toPlainString())
                .isEqualTo(purchase.expectedCost().toPlainString()));
  }

  @Test
  void round_trips_through_text() {
    CaseGenerator<UnitPrice> prices =
        CaseGenerator.of(random ->
            new UnitPrice(
                CaseGenerator.anyMagnitude(random, 100_000_000_000_000L),
                CaseGenerator.oneOf(random, List.of(USD, JPY, BHD, CLF))));

    PropertyCheck.forAll(
        1_000,
        prices,
        price -> {
          assertThat(UnitPrice.parse(price.toPlainString(), price.currency())).isEqualTo(price);
          assertThat(UnitPrice.of(price.toBigDecimal(), price.currency())).isEqualTo(price);
        });
  }

  @Test
  void error_message_contains_the_given_name() {
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
