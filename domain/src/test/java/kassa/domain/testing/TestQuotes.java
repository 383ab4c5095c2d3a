package kassa.domain.testing;

import java.util.Locale;
import java.util.stream.Collectors;
import kassa.domain.money.Money;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.Pricing;

/** Prices carts and rules of the {@link RuleDsl} and formats the quotes as short texts. */
public final class TestQuotes {

  private TestQuotes() {}

  /** Prices a cart with rules that are separated by {@code ;;}, with the default policy. */
  public static Quote of(String cart, String rules) {
    return of(cart, rules, "{}");
  }

  /** Prices a cart with rules and a policy. */
  public static Quote of(String cart, String rules, String policy) {
    RuleSet set =
        new RuleSet(1, RuleDsl.rules(rules.split("\\s*;;\\s*", -1)), RuleDsl.policy(policy));
    return Pricing.price(PricingRequest.of(RuleDsl.cart(cart), TestRules.AT), set);
  }

  /** Returns the discount of each line, and after a plus that of shipping. */
  public static String discounts(Quote quote) {
    String lines =
        quote.price().lines().stream()
            .map(line -> line.discountTotal().toPlainString())
            .collect(Collectors.joining(" "));
    PricedShipping shipping = quote.price().shipping();
    return shipping == null ? lines : lines + " + " + shipping.discountTotal().toPlainString();
  }

  /** Returns the discount of each unit of a line. */
  public static String unitDiscounts(Quote quote, int line) {
    return quote.price().lines().get(line).unitDiscounts(100).stream()
        .map(Money::toPlainString)
        .collect(Collectors.joining(" "));
  }

  /** Returns the ids of the applied rules, and the skip reasons of the others. */
  public static String outcomes(Quote quote) {
    return quote.trace().stream()
        .map(trace ->
            switch (trace.outcome()) {
              case RuleOutcome.Applied _ -> trace.rule().value();
              case RuleOutcome.Skipped skipped -> skipped.reason().name().toLowerCase(Locale.ROOT);
            })
        .collect(Collectors.joining(" "));
  }
}
