package kassa.adapters.http.json;

import java.util.Currency;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Decimals;
import kassa.domain.money.Money;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/**
 * Parses the amounts and unit prices of a body whose currency may be invalid: then they are still
 * checked, but no violation is reported that could be caused by the currency.
 */
public final class MoneyParser {

  /**
   * Used if the currency is unknown: a currency without decimal places has the widest price range.
   */
  private static final Currency FALLBACK_CURRENCY = Currency.getInstance("JPY");

  private MoneyParser() {}

  /**
   * Parses a unit price.
   *
   * @param name name of the field, for the error message
   * @param currency currency of the body; {@code null} if it is unknown
   */
  public static UnitPrice parsePrice(String name, String text, @Nullable Currency currency) {
    return UnitPrice.parse(name, text, currency == null ? FALLBACK_CURRENCY : currency);
  }

  /**
   * Parses an amount.
   *
   * @param name name of the field, for the error message
   * @param currency currency of the body; {@code null} if it is unknown, and the result is zero
   *     then
   */
  public static Money parseMoney(String name, String text, @Nullable Currency currency) {
    if (currency != null) {
      return Money.parse(name, text, currency);
    }
    if (Decimals.parse(name, text).signum() < 0) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, name + " must not be below 0");
    }
    return Money.zero(FALLBACK_CURRENCY);
  }
}
