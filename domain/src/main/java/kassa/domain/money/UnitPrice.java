package kassa.domain.money;

import java.math.BigDecimal;
import java.util.Currency;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Price of one unit: from zero to 10<sup>12</sup> minor units, exact to six decimal places of the
 * major unit, so that prices below a minor unit are possible.
 *
 * @param micros the price in millionths of the major unit
 * @param currency the currency of the price
 */
public record UnitPrice(long micros, Currency currency) {

  /** The number of decimal places of the major unit. */
  public static final int DECIMAL_PLACES = 6;

  /** The maximum price, in minor units of the currency. */
  public static final long MAX_MINOR_UNITS = 1_000_000_000_000L;

  /**
   * Validates the range and the currency.
   *
   * @throws InvalidValueException if the price is negative or above the maximum, or if the currency
   *     has no minor unit
   */
  public UnitPrice {
    Decimals.validate("unitPrice", micros, DECIMAL_PLACES, 0, maxMicros(currency));
  }

  /**
   * Parses a decimal such as {@code "12.50"}.
   *
   * @throws InvalidValueException if the text is not a decimal of at most six places, or out of
   *     range
   */
  public static UnitPrice parse(String text, Currency currency) {
    return parse("unitPrice", text, currency);
  }

  /**
   * Parses a decimal such as {@code "12.50"}.
   *
   * @param name the name of the price, for the message
   * @throws InvalidValueException if the text is not a decimal of at most six places, or out of
   *     range
   */
  public static UnitPrice parse(String name, String text, Currency currency) {
    return new UnitPrice(
        Decimals.parseScaled(name, text, DECIMAL_PLACES, 0, maxMicros(currency)), currency);
  }

  /**
   * Returns a price from a decimal of any size.
   *
   * @throws InvalidValueException if the value is out of range or has more than six decimal places
   */
  public static UnitPrice of(BigDecimal value, Currency currency) {
    return new UnitPrice(
        Decimals.toScaled("unitPrice", value, DECIMAL_PLACES, 0, maxMicros(currency)), currency);
  }

  /**
   * Validates the minimum price of one unit after discounts.
   *
   * @param minUnitPrice at most this price, in the same currency; {@code null} for none
   * @throws InvalidValueException if the minimum is above this price
   */
  public void requireMinimum(@Nullable UnitPrice minUnitPrice) {
    if (minUnitPrice != null && minUnitPrice.micros > micros) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "minUnitPrice must be at most the unitPrice");
    }
  }

  /** Returns the price of a quantity, rounded half-up to the minor unit once. */
  public Money times(Quantity quantity) {
    long divisor =
        Decimals.powerOfTen(
            DECIMAL_PLACES + Quantity.DECIMAL_PLACES - currency.getDefaultFractionDigits());
    return new Money(Rounding.multiplyAndDivide(micros, quantity.thousandths(), divisor), currency);
  }

  /** Returns whether the price is zero. */
  public boolean isZero() {
    return micros == 0;
  }

  /** Returns the price with at least the decimal places of its currency: {@code 12.50}. */
  public BigDecimal toBigDecimal() {
    BigDecimal stripped = BigDecimal.valueOf(micros, DECIMAL_PLACES).stripTrailingZeros();
    return stripped.setScale(Math.max(stripped.scale(), currency.getDefaultFractionDigits()));
  }

  /**
   * Formats the price with at least the decimal places of its currency: {@code 12.50}, {@code
   * 0.0125}.
   */
  public String toPlainString() {
    return Decimals.toPlainString(micros, DECIMAL_PLACES, currency.getDefaultFractionDigits());
  }

  private static long maxMicros(Currency currency) {
    int digits = Money.zero(currency).currency().getDefaultFractionDigits();
    return Math.multiplyExact(MAX_MINOR_UNITS, Decimals.powerOfTen(DECIMAL_PLACES - digits));
  }
}
