package kassa.adapters.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Currency;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.money.UnitPrice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyParserTest {

  private static final Currency USD = Currency.getInstance("USD");

  @Test
  void parses_in_the_currency_of_the_body() {
    assertThat(MoneyParser.parseMoney("amount", "12.50", USD)).isEqualTo(new Money(1250, USD));
    assertThat(MoneyParser.parsePrice("unitPrice", "0.0125", USD))
        .isEqualTo(new UnitPrice(12_500, USD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12.50", "0.123", "1.2345", "9223372036854775807"})
  void accepts_with_an_unknown_currency_what_some_currency_allows(String text) {
    assertThat(MoneyParser.parseMoney("amount", text, null).isZero()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000000000", "0.123456"})
  void accepts_with_an_unknown_currency_a_price_that_some_currency_allows(String text) {
    assertThat(MoneyParser.parsePrice("unitPrice", text, null).toPlainString()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"x, MALFORMED", "1e2, MALFORMED", "-1, OUT_OF_RANGE"})
  void rejects_with_an_unknown_currency_what_no_currency_allows(String text, Reason reason) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> MoneyParser.parseMoney("amount", text, null))
        .matches(rejection -> rejection.reason() == reason);
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> MoneyParser.parsePrice("unitPrice", text, null))
        .matches(rejection -> rejection.reason() == reason);
  }
}
