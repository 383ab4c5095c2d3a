package kassa.domain.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;

/**
 * Sum of any number of amounts in one currency, exact to the minor unit and without a maximum.
 * Immutable.
 *
 * @param minorUnits the sum in the currency's minor unit
 * @param currency the currency
 */
public record MoneySum(BigInteger minorUnits, Currency currency) {

  /** Returns zero in a currency. */
  public static MoneySum zero(Currency currency) {
    return new MoneySum(BigInteger.ZERO, currency);
  }

  /** Returns the sum of one amount. */
  public static MoneySum of(Money amount) {
    return new MoneySum(BigInteger.valueOf(amount.minorUnits()), amount.currency());
  }

  /**
   * Returns the sum with another amount.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public MoneySum plus(Money amount) {
    return plus(of(amount));
  }

  /**
   * Returns the total of two sums.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public MoneySum plus(MoneySum other) {
    return new MoneySum(minorUnits.add(other.minorUnitsIn(currency)), currency);
  }

  /**
   * Returns the difference of two sums.
   *
   * @throws IllegalArgumentException if the currencies differ
   */
  public MoneySum minus(MoneySum other) {
    return new MoneySum(minorUnits.subtract(other.minorUnitsIn(currency)), currency);
  }

  /** Formats the sum with exactly the decimal places of its currency: {@code 90.00}. */
  public String toPlainString() {
    return new BigDecimal(minorUnits, currency.getDefaultFractionDigits()).toPlainString();
  }

  /** Returns the sum and its currency, for messages: {@code 90.00 USD}. */
  @Override
  public String toString() {
    return toPlainString() + " " + currency.getCurrencyCode();
  }

  private BigInteger minorUnitsIn(Currency other) {
    if (!currency.equals(other)) {
      throw new IllegalArgumentException("different currencies: " + currency + " and " + other);
    }
    return minorUnits;
  }
}
