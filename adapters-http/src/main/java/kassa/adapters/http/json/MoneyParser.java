package kassa.adapters.http.json;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;

/**
 * Reads money and prices as they are sent: decimal strings in the currency of the body.
 *
 * <p>Of a body whose currency is not known all else is read still. Nothing is blamed then for what
 * may be the currency's fault.
 */
public final class MoneyParser {

  /** A currency without decimal places has the widest range of prices. */
  public static final Currency FALLBACK_CURRENCY = Currency.getInstance("JPY");

  /** Plain digits; no exponent, no sign but a minus, and short enough to be cheap to read. */
  private static final Pattern PLAIN_DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private MoneyParser() {}

  /**
   * Reads a price of one of a thing.
   *
   * @param name what it is called
   * @param currency that of the body; {@code null} if it is not known
   */
  public static UnitPrice parsePrice(String name, String text, @Nullable Currency currency) {
    return UnitPrice.parse(name, text, currency == null ? FALLBACK_CURRENCY : currency);
  }

  /**
   * Reads an amount of zero or more, with no more decimal places than the currency has.
   *
   * @param name what it is called
   * @param currency that of the body; {@code null} if it is not known, and the amount is zero then
   */
  public static Money parseMoney(String name, String text, @Nullable Currency currency) {
    if (!PLAIN_DECIMAL.matcher(text).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must be a plain decimal such as 12.50");
    }
    BigDecimal value = new BigDecimal(text);
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
