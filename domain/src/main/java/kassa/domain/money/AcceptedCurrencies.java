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

/** The currencies that a shop takes, by their ISO 4217 codes. Immutable. */
public final class AcceptedCurrencies {

  private final Map<String, Currency> byCode;

  private AcceptedCurrencies(Collection<Currency> currencies) {
    byCode =
        currencies.stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));
  }

  /** Every currency of ISO 4217 that money is counted in, as the Java runtime knows them. */
  public static AcceptedCurrencies all() {
    return new AcceptedCurrencies(Currency.getAvailableCurrencies());
  }

  /**
   * Only these.
   *
   * @param codes at least one ISO 4217 code in capitals
   * @throws InvalidValueException if there is none, or if one of them is unknown
   */
  public static AcceptedCurrencies of(Collection<String> codes) {
    if (codes.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "at least one currency must be accepted");
    }
    AcceptedCurrencies all = all();
    return new AcceptedCurrencies(codes.stream().map(all::parse).distinct().toList());
  }

  /**
   * The currency of this code.
   *
   * @param code three capital letters
   * @throws InvalidValueException if there is no such currency or it is not accepted here
   */
  public Currency parse(String code) {
    Currency currency = byCode.get(code);
    if (currency == null) {
      throw new InvalidValueException(
          Reason.UNKNOWN_CURRENCY, "currency must be an ISO 4217 code that is accepted here");
    }
    return currency;
  }

  /** The accepted codes, in alphabetical order. */
  public SortedSet<String> codes() {
    return new TreeSet<>(byCode.keySet());
  }
}
