package kassa.domain.money;

import java.math.BigDecimal;
import kassa.domain.InvalidValueException;

/**
 * Quantity of a product: above zero, at most a million, exact to three decimal places (for goods
 * sold by weight).
 *
 * @param thousandths the quantity times 1,000: 1 to 1,000,000,000
 */
public record Quantity(long thousandths) implements Comparable<Quantity> {

  /** The number of decimal places. */
  public static final int DECIMAL_PLACES = 3;

  /** The maximum quantity, 1,000,000, in thousandths. */
  public static final long MAX_THOUSANDTHS = 1_000_000_000;

  /**
   * Validates the range.
   *
   * @throws InvalidValueException if the quantity is zero, negative or above a million
   */
  public Quantity {
    Decimals.validate("quantity", thousandths, DECIMAL_PLACES, 1, MAX_THOUSANDTHS);
  }

  /**
   * Returns a quantity of whole units.
   *
   * @throws InvalidValueException if the number is below one or above a million
   */
  public static Quantity of(long whole) {
    return of(BigDecimal.valueOf(whole));
  }

  /**
   * Returns a quantity from a decimal of any size.
   *
   * @throws InvalidValueException if the value is out of range or has more than three decimal
   *     places
   */
  public static Quantity of(BigDecimal value) {
    return new Quantity(Decimals.toScaled("quantity", value, DECIMAL_PLACES, 1, MAX_THOUSANDTHS));
  }

  /**
   * Parses a decimal such as {@code "2.25"}.
   *
   * @throws InvalidValueException if the text is not a decimal of at most three places, or out of
   *     range
   */
  public static Quantity parse(String text) {
    return new Quantity(Decimals.parseScaled("quantity", text, DECIMAL_PLACES, 1, MAX_THOUSANDTHS));
  }

  /** Returns the quantity as a decimal without trailing zeros. */
  public BigDecimal toBigDecimal() {
    return toBigDecimal(thousandths);
  }

  /**
   * Returns thousandths as a decimal without trailing zeros.
   *
   * @param thousandths a quantity times 1,000, of any size: a sum, or what is left of one
   */
  public static BigDecimal toBigDecimal(long thousandths) {
    return new BigDecimal(toPlainString(thousandths));
  }

  /**
   * Formats thousandths as a decimal without trailing zeros.
   *
   * @param thousandths a quantity times 1,000, of any size
   */
  public static String toPlainString(long thousandths) {
    return Decimals.toPlainString(thousandths, DECIMAL_PLACES);
  }

  @Override
  public int compareTo(Quantity other) {
    return Long.compare(thousandths, other.thousandths);
  }

  /** Returns the quantity without trailing zeros: {@code 10}, {@code 2.25}. */
  @Override
  public String toString() {
    return toPlainString(thousandths);
  }
}
