package kassa.domain.money;

import kassa.domain.InvalidValueException;

/**
 * Percentage from 0 % to 100 %, exact to four decimal places.
 *
 * @param tenThousandths the percentage times 10,000: 0 to 1,000,000
 */
public record Percentage(long tenThousandths) {

  private static final int DECIMAL_PLACES = 4;

  /** 100 %, in the unit of {@link #tenThousandths}. */
  public static final long ONE_HUNDRED_PERCENT = 1_000_000;

  /**
   * Validates the range.
   *
   * @throws InvalidValueException if the percentage is below 0 % or above 100 %
   */
  public Percentage {
    Decimals.validate("percent", tenThousandths, DECIMAL_PLACES, 0, ONE_HUNDRED_PERCENT);
  }

  /**
   * Parses a decimal: {@code "12.5"} is 12.5 %.
   *
   * @throws InvalidValueException if the text is not a decimal of at most four places from 0 to 100
   */
  public static Percentage parse(String text) {
    return parse("percent", text);
  }

  /**
   * Parses a decimal: {@code "12.5"} is 12.5 %.
   *
   * @param name the name of the percentage, for the message
   * @throws InvalidValueException if the text is not a decimal of at most four places from 0 to 100
   */
  public static Percentage parse(String name, String text) {
    return new Percentage(Decimals.parseScaled(name, text, DECIMAL_PLACES, 0, ONE_HUNDRED_PERCENT));
  }

  /**
   * Returns this percentage of an amount, rounded half-up to the minor unit.
   *
   * @param amount zero or more
   */
  public Money of(Money amount) {
    return new Money(of(amount.minorUnits()), amount.currency());
  }

  /**
   * Returns this percentage of an amount in minor units, rounded half-up.
   *
   * @param minorUnits zero or more
   */
  public long of(long minorUnits) {
    return Rounding.multiplyAndDivide(minorUnits, tenThousandths, ONE_HUNDRED_PERCENT);
  }

  /**
   * Returns the tax that is included in a gross price at this rate, rounded half-up.
   *
   * @param minorUnits the gross price, zero or more
   */
  public long containedIn(long minorUnits) {
    return Rounding.multiplyAndDivide(
        minorUnits, tenThousandths, ONE_HUNDRED_PERCENT + tenThousandths);
  }

  /** Returns 100 % minus this percentage. */
  public Percentage complement() {
    return new Percentage(ONE_HUNDRED_PERCENT - tenThousandths);
  }

  /** Returns the number without percent sign and trailing zeros: {@code 12.5}. */
  @Override
  public String toString() {
    return Decimals.toPlainString(tenThousandths, DECIMAL_PLACES);
  }
}
