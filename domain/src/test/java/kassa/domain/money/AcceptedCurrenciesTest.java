package kassa.domain.money;

import static kassa.domain.testing.Refusals.assertRefused;
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
  void accepts_every_currency_that_money_is_counted_in(String code) {
    assertThat(AcceptedCurrencies.all().parse(code)).isEqualTo(Currency.getInstance(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"XXX", "XAU", "XTS", "XDR", "ZZZ", "usd", "Usd", "", " ", "USD ", "US", "USDX"})
  void refuses_a_code_that_is_no_such_currency(String code) {
    assertRefused(Reason.UNKNOWN_CURRENCY, () -> AcceptedCurrencies.all().parse(code));
    assertRefused(Reason.UNKNOWN_CURRENCY, () -> AcceptedCurrencies.of(List.of("USD", code)));
  }

  @Test
  void refuses_a_currency_that_the_shop_does_not_take() {
    AcceptedCurrencies accepted = AcceptedCurrencies.of(Set.of("EUR", "JPY"));

    assertThat(accepted.parse("JPY")).isEqualTo(Currency.getInstance("JPY"));
    assertRefused(Reason.UNKNOWN_CURRENCY, () -> accepted.parse("USD"));
  }

  @Test
  void accepts_one_at_least() {
    assertRefused(Reason.EMPTY, () -> AcceptedCurrencies.of(List.of()));
  }

  @Test
  void lists_its_codes_once_each_in_alphabetical_order() {
    assertThat(AcceptedCurrencies.of(List.of("USD", "EUR", "JPY", "EUR")).codes())
        .containsExactly("EUR", "JPY", "USD");
    assertThat(AcceptedCurrencies.all().codes()).contains("BHD", "CLF").doesNotContain("XAU");
  }

  @Test
  void every_accepted_currency_can_carry_the_greatest_price_and_the_smallest() {
    AcceptedCurrencies all = AcceptedCurrencies.all();

    for (String code : all.codes()) {
      Currency currency = all.parse(code);
      String greatest = new Money(UnitPrice.GREATEST_MINOR_UNITS, currency).toPlainString();
      assertThat(UnitPrice.parse(greatest, currency).times(new Quantity(1)))
          .isEqualTo(new Money(UnitPrice.GREATEST_MINOR_UNITS / 1_000, currency));
      assertThat(UnitPrice.parse("0.000001", currency).micros()).isEqualTo(1);
    }
  }
}
