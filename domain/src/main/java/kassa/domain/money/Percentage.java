package kassa.domain.money;

import java.math.BigDecimal;
import kassa.domain.InvalidValueException;

/**
 * A share of something, 0 % to 100 %, exact to four decimal places.
 *
 * @param tenThousandths the percentage times 10,000: 0 to 1,000,000
 */
public record Percentage(long tenThousandths) {

  private static final int PLACES = 4;
  private static final long WHOLE = 1_000_000;

  /**
   * @throws InvalidValueException below 0 % or above 100 %
   */
  public Percentage {
    Decimals.scaled("percent", BigDecimal.valueOf(tenThousandths, PLACES), PLACES, 0, WHOLE);
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
    return new Percentage(Decimals.scaled(name, Decimals.parse(name, text), PLACES, 0, WHOLE));
  }

  /**
   * This share of an amount, rounded half-up to the minor unit.
   *
   * @param amount zero or more
   */
  public Money of(Money amount) {
    return new Money(
        Rounding.multiplyAndDivide(amount.minorUnits(), tenThousandths, WHOLE), amount.currency());
  }

  /** The percentage without its sign or zeros at its end: {@code 12.5}. */
  @Override
  public String toString() {
    return Decimals.plain(tenThousandths, PLACES);
  }
}
