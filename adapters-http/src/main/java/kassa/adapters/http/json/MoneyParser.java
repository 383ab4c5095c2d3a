package kassa.adapters.http.json;

import java.math.BigDecimal;
import java.util.Currency;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Decimals;
import kassa.domain.money.Money;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/**
 * Parses amounts and unit prices of requests: decimal strings in the currency of the body.
 *
 * <p>If the currency of the body is invalid, the other fields are still checked, but no violation
 * is reported that could be caused by the currency.
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
   * Parses an amount of 0 or more, with at most the decimal places of the currency.
   *
   * @param name name of the field, for the error message
   * @param currency currency of the body; {@code null} if it is unknown, and the result is zero
   *     then
   */
  public static Money parseMoney(String name, String text, @Nullable Currency currency) {
    BigDecimal value = Decimals.parse(name, text);
    if (value.signum() < 0) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, name + " must not be below 0");
    }
    return currency == null ? Money.zero(FALLBACK_CURRENCY) : parseMoney(name, value, currency);
  }

  private static Money parseMoney(String name, BigDecimal value, Currency currency) {
    int places = currency.getDefaultFractionDigits();
    BigDecimal minorUnits = value.movePointRight(places);
    if (minorUnits.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, name + " must be at most " + Long.MAX_VALUE + " minor units");
    }
    if (value.signum() != 0 && minorUnits.stripTrailingZeros().scale() > 0) {
      throw new InvalidValueException(
          Reason.TOO_PRECISE, name + " must have at most the decimal places of the currency");
    }
    return new Money(minorUnits.longValueExact(), currency);
  }
}
