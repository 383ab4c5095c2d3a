package kassa.domain.money;

import java.math.BigDecimal;
import java.util.Currency;
import kassa.domain.InvalidValueException;

/**
 * An amount as a rule states it: a decimal of the major unit of whatever currency it meets, zero to
 * 10<sup>12</sup>, exact to six places.
 *
 * @param micros the amount in millionths of the major unit
 */
public record Amount(long micros) implements Comparable<Amount> {

  /** The decimal places that are kept, of the major unit. */
  public static final int DECIMAL_PLACES = 6;

  /** More than anything costs, in minor units: 2 x 10<sup>18</sup>. */
  public static final long OVERFLOW_MINOR_UNITS = 2_000_000_000_000_000_000L;

  private static final long MAX_MICROS = 1_000_000_000_000_000_000L;

  /**
   * @throws InvalidValueException if the amount is negative or above the greatest
   */
  public Amount {
    Decimals.validate("amount", micros, DECIMAL_PLACES, 0, MAX_MICROS);
  }

  /**
   * Reads {@code "12.50"}.
   *
   * @param name what the amount is, for the message
   * @throws InvalidValueException if the text is no decimal of at most six places, or out of range
   */
  public static Amount parse(String name, String text) {
    BigDecimal value = Decimals.parse(name, text);
    return new Amount(Decimals.toScaled(name, value, DECIMAL_PLACES, 0, MAX_MICROS));
  }

  /** Whether it has no more decimal places than the currency. */
  public boolean fits(Currency currency) {
    return micros % microsPerMinorUnit(currency) == 0;
  }

  /** In the currency's minor unit; what is less than one of those is dropped. */
  public long floor(Currency currency) {
    return micros / microsPerMinorUnit(currency);
  }

  /** In the currency's minor unit; what is less than one of those counts as one. */
  public long ceiling(Currency currency) {
    return Math.ceilDiv(micros, microsPerMinorUnit(currency));
  }

  /**
   * So many times this, in the currency's minor unit, rounded half-up once; {@link
   * #OVERFLOW_MINOR_UNITS} if it is that or more.
   *
   * @param thousandths how many times, times 1,000; zero or more
   */
  public long times(long thousandths, Currency currency) {
    long divisor = 1_000 * microsPerMinorUnit(currency);
    // A product of 2^64 times the divisor or more is far beyond, whatever its lower half is.
    return Math.multiplyHigh(micros, thousandths) >= divisor / 4
        ? OVERFLOW_MINOR_UNITS
        : Math.min(OVERFLOW_MINOR_UNITS, Rounding.multiplyAndDivide(micros, thousandths, divisor));
  }

  /** The decimal places that it needs, 0 to 6. */
  public int decimalPlaces() {
    return isZero() ? 0 : Math.max(0, toBigDecimal().stripTrailingZeros().scale());
  }

  /** The amount as a decimal. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(micros, DECIMAL_PLACES);
  }

  /** Whether it is nothing. */
  public boolean isZero() {
    return micros == 0;
  }

  @Override
  public int compareTo(Amount other) {
    return Long.compare(micros, other.micros);
  }

  /** The amount without zeros at its end: {@code 12.5}. */
  @Override
  public String toString() {
    return Decimals.toPlainString(micros, DECIMAL_PLACES);
  }

  /** The millionths that one minor unit of a currency is. */
  public static long microsPerMinorUnit(Currency currency) {
    return UnitPrice.powerOfTen(DECIMAL_PLACES - currency.getDefaultFractionDigits());
  }
}
