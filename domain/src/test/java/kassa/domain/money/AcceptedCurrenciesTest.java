package kassa.domain.money;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Currency;
import java.util.List;
import java.util.Set;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedCurrenciesTest {

  @ParameterizedTest
  @ValueSource(strings = {"USD", "EUR", "JPY", "BHD", "CLF", "CHF"})
  void accepts_every_currency_with_a_minor_unit(String code) {
    assertThat(AcceptedCurrencies.all().parse(code)).isEqualTo(Currency.getInstance(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"XXX", "XAU", "XTS", "XDR", "ZZZ", "usd", "Usd", "", " ", "USD ", "US", "USDX"})
  void rejects_an_unknown_currency_code(String code) {
    assertRejected(Reason.UNKNOWN_CURRENCY, () -> AcceptedCurrencies.all().parse(code));
    assertRejected(Reason.UNKNOWN_CURRENCY, () -> AcceptedCurrencies.of(List.of("USD", code)));
  }

  @Test
  void rejects_a_currency_that_is_not_accepted() {
    AcceptedCurrencies accepted = AcceptedCurrencies.of(Set.of("EUR", "JPY"));

    assertThat(accepted.parse("JPY")).isEqualTo(Currency.getInstance("JPY"));
    assertRejected(Reason.UNKNOWN_CURRENCY, () -> accepted.parse("USD"));
  }

  @Test
  void requires_at_least_one_currency() {
    assertRejected(Reason.EMPTY, () -> AcceptedCurrencies.of(List.of()));
  }

  @Test
  void lists_distinct_codes_in_alphabetical_order() {
    assertThat(AcceptedCurrencies.of(List.of("USD", "EUR", "JPY", "EUR")).codes())
        .containsExactly("EUR", "JPY", "USD");
    assertThat(AcceptedCurrencies.all().codes()).contains("BHD", "CLF").doesNotContain("XAU");
  }

  @Test
  void every_currency_can_represent_the_max_and_min_price() {
    AcceptedCurrencies all = AcceptedCurrencies.all();

    for (String code : all.codes()) {
      Currency currency = all.parse(code);
      String max = new Money(UnitPrice.MAX_MINOR_UNITS, currency).toPlainString();
      assertThat(UnitPrice.parse(max, currency).times(new Quantity(1)))
          .isEqualTo(new Money(UnitPrice.MAX_MINOR_UNITS / 1_000, currency));
      assertThat(UnitPrice.parse("0.000001", currency).micros()).isEqualTo(1);
    }
  }
}
