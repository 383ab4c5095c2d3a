package kassa.domain.money;

import kassa.domain.InvalidValueException;

/**
 * A share of something, 0 % to 100 %, exact to four decimal places.
 *
 * @param tenThousandths the percentage times 10,000: 0 to 1,000,000
 */
public record Percentage(long tenThousandths) {

  private static final int DECIMAL_PLACES = 4;

  /** 100 %, in the unit of {@link #tenThousandths}. */
  public static final long ONE_HUNDRED_PERCENT = 1_000_000;

  /**
   * @throws InvalidValueException below 0 % or above 100 %
   */
  public Percentage {
    Decimals.validate("percent", tenThousandths, DECIMAL_PLACES, 0, ONE_HUNDRED_PERCENT);
  }

  /**
   * Reads {@code "12.5"} as twelve and a half per cent.
   *
   * @throws InvalidValueException if the text is no decimal of at most four places from 0 to 100
   */
  public static Percentage parse(String text) {
    return parse("percent", text);
  }

  /**
   * Reads {@code "12.5"} as twelve and a half per cent.
   *
   * @param name what the percentage is, for the message
   * @throws InvalidValueException if the text is no decimal of at most four places from 0 to 100
   */
  public static Percentage parse(String name, String text) {
    return new Percentage(
        Decimals.toScaled(
            name, Decimals.parse(name, text), DECIMAL_PLACES, 0, ONE_HUNDRED_PERCENT));
  }

  /**
   * This share of an amount, rounded half-up to the minor unit.
   *
   * @param amount zero or more
   */
  public Money of(Money amount) {
    return new Money(of(amount.minorUnits()), amount.currency());
  }

  /**
   * This share of an amount in minor units, rounded half-up.
   *
   * @param minorUnits zero or more
   */
  public long of(long minorUnits) {
    return Rounding.multiplyAndDivide(minorUnits, tenThousandths, ONE_HUNDRED_PERCENT);
  }

  /**
   * What of an amount in minor units was added to it when this share of the rest was: the tax in a
   * price that contains it. Rounded half-up.
   *
   * @param minorUnits zero or more
   */
  public long containedIn(long minorUnits) {
    return Rounding.multiplyAndDivide(
        minorUnits, tenThousandths, ONE_HUNDRED_PERCENT + tenThousandths);
  }

  /** What is missing to 100 %. */
  public Percentage complement() {
    return new Percentage(ONE_HUNDRED_PERCENT - tenThousandths);
  }

  /** The percentage without its sign or zeros at its end: {@code 12.5}. */
  @Override
  public String toString() {
    return Decimals.toPlainString(tenThousandths, DECIMAL_PLACES);
  }
}
