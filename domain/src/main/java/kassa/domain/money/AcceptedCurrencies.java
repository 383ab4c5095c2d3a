package kassa.domain.money;

import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/** The currencies that the shop accepts, by ISO 4217 code. Immutable. */
public final class AcceptedCurrencies {

  private final Map<String, Currency> byCode;

  private AcceptedCurrencies(Collection<Currency> currencies) {
    byCode =
        currencies.stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));
  }

  /** Returns all ISO 4217 currencies of the Java runtime that have a minor unit. */
  public static AcceptedCurrencies all() {
    return new AcceptedCurrencies(Currency.getAvailableCurrencies());
  }

  /**
   * Returns the currencies with these codes.
   *
   * @param codes at least one ISO 4217 code in upper case
   * @throws InvalidValueException if there is no code, or if a code is unknown
   */
  public static AcceptedCurrencies of(Collection<String> codes) {
    if (codes.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "at least one currency must be accepted");
    }
    AcceptedCurrencies all = all();
    return new AcceptedCurrencies(codes.stream().map(all::parse).distinct().toList());
  }

  /**
   * Returns the accepted currency with a code.
   *
   * @param code three letters in upper case
   * @throws InvalidValueException if the currency does not exist or is not accepted
   */
  public Currency parse(String code) {
    Currency currency = byCode.get(code);
    if (currency == null) {
      throw new InvalidValueException(
          Reason.UNKNOWN_CURRENCY, "currency must be an ISO 4217 code of an accepted currency");
    }
    return currency;
  }

  /** Returns the accepted codes, in alphabetical order. */
  public SortedSet<String> codes() {
    return new TreeSet<>(byCode.keySet());
  }
}
