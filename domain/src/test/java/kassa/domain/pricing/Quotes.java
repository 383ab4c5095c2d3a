package kassa.domain.pricing;

import java.util.Locale;
import java.util.stream.Collectors;
import kassa.domain.money.Money;
import kassa.domain.testing.Rules;
import kassa.domain.testing.Written;

/** Quotes of carts and rules that are written down, and what came of them as short texts. */
final class Quotes {

  private Quotes() {}

  /** What a cart costs under rules that are set apart by {@code ;;}, by the default policy. */
  static Quote of(String cart, String rules) {
    return of(cart, rules, "{}");
  }

  static Quote of(String cart, String rules, String policy) {
    RuleSet set =
        new RuleSet(1, Written.rules(rules.split("\\s*;;\\s*", -1)), Written.policy(policy));
    return Pricing.price(PricingRequest.of(Written.cart(cart), Rules.AT), set);
  }

  /** What came off each line, and behind a plus what came off shipping. */
  static String off(Quote quote) {
    String lines =
        quote.price().lines().stream()
            .map(line -> line.discountTotal().toPlainString())
            .collect(Collectors.joining(" "));
    PricedShipping shipping = quote.price().shipping();
    return shipping == null ? lines : lines + " + " + shipping.discountTotal().toPlainString();
  }

  /** What came off each unit of a line. */
  static String offUnits(Quote quote, int line) {
    return quote.price().lines().get(line).unitDiscounts(100).stream()
        .map(Money::toPlainString)
        .collect(Collectors.joining(" "));
  }

  /** The rules that applied by their ids, and the others by the reason. */
  static String told(Quote quote) {
    return quote.trace().stream()
        .map(trace ->
            switch (trace.verdict()) {
              case Verdict.Applied _ -> trace.rule().value();
              case Verdict.Skipped skipped -> skipped.reason().name().toLowerCase(Locale.ROOT);
            })
        .collect(Collectors.joining(" "));
  }
}
