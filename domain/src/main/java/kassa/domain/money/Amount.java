package kassa.domain.money;

import java.math.BigDecimal;
import java.util.Currency;
import kassa.domain.InvalidValueException;

/**
 * Amount of a rule, without a currency: a decimal number of the major unit of the cart's currency,
 * from zero to 10<sup>12</sup>, exact to six decimal places.
 *
 * @param micros the amount in millionths of the major unit
 */
public record Amount(long micros) implements Comparable<Amount> {

  /** The number of decimal places of the major unit. */
  public static final int DECIMAL_PLACES = 6;

  /** A result above every possible price, in minor units: 2 x 10<sup>18</sup>. */
  public static final long OVERFLOW_MINOR_UNITS = 2_000_000_000_000_000_000L;

  private static final long MAX_MICROS = 1_000_000_000_000_000_000L;

  /**
   * Validates the range.
   *
   * @throws InvalidValueException if the amount is negative or above the maximum
   */
  public Amount {
    Decimals.validate("amount", micros, DECIMAL_PLACES, 0, MAX_MICROS);
  }

  /**
   * Parses a decimal such as {@code "12.50"}.
   *
   * @param name the name of the amount, for the message
   * @throws InvalidValueException if the text is not a decimal of at most six places, or out of
   *     range
   */
  public static Amount parse(String name, String text) {
    return new Amount(Decimals.parseScaled(name, text, DECIMAL_PLACES, 0, MAX_MICROS));
  }

  /** Returns whether the amount has no more decimal places than the currency. */
  public boolean fits(Currency currency) {
    return micros % microsPerMinorUnit(currency) == 0;
  }

  /** Returns the amount in minor units of a currency, rounded down. */
  public long floor(Currency currency) {
    return micros / microsPerMinorUnit(currency);
  }

  /** Returns the amount in minor units of a currency, rounded up. */
  public long ceiling(Currency currency) {
    return Math.ceilDiv(micros, microsPerMinorUnit(currency));
  }

  /**
   * Returns the product with a quantity, in minor units of a currency, rounded half-up once; {@link
   * #OVERFLOW_MINOR_UNITS} if the product is that or more.
   *
   * @param thousandths the quantity times 1,000; zero or more
   */
  public long times(long thousandths, Currency currency) {
    long divisor = 1_000 * microsPerMinorUnit(currency);
    // multiplyHigh is the product divided by 2^64: from divisor / 4 on, the result is 2^62 or more.
    return Math.multiplyHigh(micros, thousandths) >= divisor / 4
        ? OVERFLOW_MINOR_UNITS
        : Math.min(OVERFLOW_MINOR_UNITS, Rounding.multiplyAndDivide(micros, thousandths, divisor));
  }

  /** Returns the number of decimal places without trailing zeros, 0 to 6. */
  public int decimalPlaces() {
    return isZero() ? 0 : Math.max(0, toBigDecimal().stripTrailingZeros().scale());
  }

  /** Returns the amount as a decimal of the major unit. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(micros, DECIMAL_PLACES);
  }

  /** Returns whether the amount is zero. */
  public boolean isZero() {
    return micros == 0;
  }

  @Override
  public int compareTo(Amount other) {
    return Long.compare(micros, other.micros);
  }

  /** Returns the amount without trailing zeros: {@code 12.5}. */
  @Override
  public String toString() {
    return Decimals.toPlainString(micros, DECIMAL_PLACES);
  }

  /** Returns one minor unit of a currency in millionths of the major unit. */
  public static long microsPerMinorUnit(Currency currency) {
    return Decimals.powerOfTen(DECIMAL_PLACES - currency.getDefaultFractionDigits());
  }
}
