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

/** Quotes of carts and rules that are written down, and what came of them as short texts. */
public final class TestQuotes {

  private TestQuotes() {}

  /** What a cart costs under rules that are set apart by {@code ;;}, by the default policy. */
  public static Quote of(String cart, String rules) {
    return of(cart, rules, "{}");
  }

  public static Quote of(String cart, String rules, String policy) {
    RuleSet set =
        new RuleSet(1, RuleDsl.rules(rules.split("\\s*;;\\s*", -1)), RuleDsl.policy(policy));
    return Pricing.price(PricingRequest.of(RuleDsl.cart(cart), TestRules.AT), set);
  }

  /** What came off each line, and behind a plus what came off shipping. */
  public static String discounts(Quote quote) {
    String lines =
        quote.price().lines().stream()
            .map(line -> line.discountTotal().toPlainString())
            .collect(Collectors.joining(" "));
    PricedShipping shipping = quote.price().shipping();
    return shipping == null ? lines : lines + " + " + shipping.discountTotal().toPlainString();
  }

  /** What came off each unit of a line. */
  public static String unitDiscounts(Quote quote, int line) {
    return quote.price().lines().get(line).unitDiscounts(100).stream()
        .map(Money::toPlainString)
        .collect(Collectors.joining(" "));
  }

  /** The rules that applied by their ids, and the others by the reason. */
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
