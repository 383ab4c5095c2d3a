package kassa.domain.money;

import java.math.BigDecimal;
import java.util.Currency;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * An amount of one currency, exact to its minor unit (ISO 4217: JPY has none, USD cents, BHD
 * thousandths). Amounts of different currencies never meet: such arithmetic is a defect and throws.
 *
 * @param minorUnits the amount in the currency's minor unit, any {@code long}
 * @param currency a currency that has a minor unit; precious metals and test codes have none
 */
public record Money(long minorUnits, Currency currency) {

  /**
   * @throws InvalidValueException if the currency has no minor unit to count in
   */
  public Money {
    if (currency.getDefaultFractionDigits() < 0) {
      throw new InvalidValueException(
          Reason.UNKNOWN_CURRENCY, "currency must be one that money is counted in");
    }
  }

  /** Nothing, in this currency. */
  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  /**
   * The sum of both.
   *
   * @throws ArithmeticException if it does not fit a {@code long} of minor units
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money plus(Money other) {
    requireSameCurrency(other.currency);
    return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
  }

  /**
   * This less the other.
   *
   * @throws ArithmeticException if it does not fit a {@code long} of minor units
   * @throws IllegalArgumentException if the currencies differ
   */
  public Money minus(Money other) {
    requireSameCurrency(other.currency);
    return new Money(Math.subtractExact(minorUnits, other.minorUnits), currency);
  }

  /**
   * The amount, in the minor unit of a currency that has to be its own.
   *
   * @throws IllegalArgumentException if it is another
   */
  public long minorUnitsIn(Currency other) {
    requireSameCurrency(other);
    return minorUnits;
  }

  /** Whether this is less than nothing. */
  public boolean isNegative() {
    return minorUnits < 0;
  }

  /** Whether this is nothing. */
  public boolean isZero() {
    return minorUnits == 0;
  }

  /** The amount in the major unit, with exactly the decimal places of its currency. */
  public BigDecimal toBigDecimal() {
    return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits());
  }

  /** The amount with exactly the decimal places of its currency: {@code 90.00}, {@code 1050}. */
  public String toPlainString() {
    return toBigDecimal().toPlainString();
  }

  /** The amount and its currency, for messages: {@code 90.00 USD}. */
  @Override
  public String toString() {
    return toPlainString() + " " + currency.getCurrencyCode();
  }

  private void requireSameCurrency(Currency other) {
    if (!currency.equals(other)) {
      throw new IllegalArgumentException("amounts in " + currency + " and " + other);
    }
  }
}
