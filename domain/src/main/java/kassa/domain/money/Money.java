package kassa.domain.money;

import java.math.BigDecimal;
import java.util.Currency;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Amount of money in one currency, exact to the minor unit (ISO 4217: JPY has no decimal places,
 * USD two, BHD three). Arithmetic with different currencies is a programming error and throws.
 * Immutable.
 *
 * @param minorUnits the amount in the currency's minor unit, any {@code long}
 * @param currency a currency with a minor unit; precious metals and test codes have none
 */
public record Money(long minorUnits, Currency currency) {

  /**
   * Validates the currency.
   *
   * @throws InvalidValueException if the currency has no minor unit
   */
  public Money {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new InvalidValueException(Reason.UNKNOWN_CURRENCY, "currency must have a minor unit");
    }
  }

  /** Returns zero in a currency. */
  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /**
   * Parses a decimal such as {@code "12.50"}.
   *
   * @param name the name of the amount, for the message
   * @throws InvalidValueException if the text is not a decimal with at most the decimal places of
   *     the currency, if it is below zero, or if it does not fit a {@code long} of minor units
   */
  public static Money parse(String name, String text, Currency currency) {
    int places = zero(currency).currency.getDefaultFractionDigits();
    return new Money(Decimals.parseScaled(name, text, places, 0, Long.MAX_VALUE), currency);
  }

  /**
   * Returns the sum of two amounts.
   *
   * @throws ArithmeticException if the sum does not fit a {@code long} of minor units
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    requireSameCurrency(other.currency);
    return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
  }

  /**
   * Returns the difference of two amounts.
   *
   * @throws ArithmeticException if the difference does not fit a {@code long} of minor units
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money minus(Money other) {
    requireSameCurrency(other.currency);
    return new Money(Math.subtractExact(minorUnits, other.minorUnits), currency);
  }

  /**
   * Returns the proportional part of this amount, {@code this x part / whole}, rounded half-up.
   *
   * @param part zero or more
   * @param whole above zero
   * @throws IllegalArgumentException if the currencies differ, or an amount is out of range
   */
  public Money proportionalPart(Money part, Money whole) {
    return new Money(
        Rounding.multiplyAndDivide(
            minorUnits, part.minorUnitsIn(currency), whole.minorUnitsIn(currency)),
        currency);
  }

  /**
   * Returns the amount in minor units, and checks the currency.
   *
   * @throws IllegalArgumentException if the amount is in another currency
   */
  public long minorUnitsIn(Currency other) {
    requireSameCurrency(other);
    return minorUnits;
  }

  /** Returns whether the amount is below zero. */
  public boolean isNegative() {
    return minorUnits < 0;
  }

  /** Returns whether the amount is zero. */
  public boolean isZero() {
    return minorUnits == 0;
  }

  /** Returns the amount in the major unit, with exactly the decimal places of its currency. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
  }

  /**
   * Formats the amount with exactly the decimal places of its currency: {@code 90.00}, {@code
   * 1050}.
   */
  public String toPlainString() {
    int places = currency.getDefaultFractionDigits();
    return Decimals.toPlainString(minorUnits, places, places);
  }

  /** Returns the amount and its currency, for messages: {@code 90.00 USD}. */
  @Override
  public String toString() {
    return toPlainString() + " " + currency.getCurrencyCode();
  }

  private void requireSameCurrency(Currency other) {
    if (!currency.equals(other)) {
      throw new IllegalArgumentException("different currencies: " + currency + " and " + other);
    }
  }
}
