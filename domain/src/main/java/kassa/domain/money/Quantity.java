package kassa.domain.money;

import java.math.BigDecimal;
import kassa.domain.InvalidValueException;

/**
 * How much of a thing is bought: above zero, up to a million, exact to three decimal places (goods
 * sold by weight).
 *
 * @param thousandths the quantity times 1,000: 1 to 1,000,000,000
 */
public record Quantity(long thousandths) implements Comparable<Quantity> {

  /** The decimal places that are kept. */
  public static final int DECIMAL_PLACES = 3;

  /** The greatest quantity, 1,000,000, in thousandths. */
  public static final long MAX_THOUSANDTHS = 1_000_000_000;

  /**
   * @throws InvalidValueException if the quantity is zero, negative or above a million
   */
  public Quantity {
    Decimals.validate("quantity", thousandths, DECIMAL_PLACES, 1, MAX_THOUSANDTHS);
  }

  /**
   * A quantity of whole things.
   *
   * @throws InvalidValueException if there are none, fewer, or more than a million
   */
  public static Quantity of(long whole) {
    return of(BigDecimal.valueOf(whole));
  }

  /**
   * A quantity from a decimal of any size.
   *
   * @throws InvalidValueException if it is out of range or has more than three decimal places
   */
  public static Quantity of(BigDecimal value) {
    return new Quantity(Decimals.toScaled("quantity", value, DECIMAL_PLACES, 1, MAX_THOUSANDTHS));
  }

  /**
   * Reads {@code "2.25"}.
   *
   * @throws InvalidValueException if the text is no such decimal
   */
  public static Quantity parse(String text) {
    return of(Decimals.parse("quantity", text));
  }

  /** The quantity as a decimal without zeros at its end. */
  public BigDecimal toBigDecimal() {
    return new BigDecimal(toString());
  }

  @Override
  public int compareTo(Quantity other) {
    return Long.compare(thousandths, other.thousandths);
  }

  /** The quantity without zeros at its end: {@code 10}, {@code 2.25}. */
  @Override
  public String toString() {
    return Decimals.toPlainString(thousandths, DECIMAL_PLACES);
  }
}
