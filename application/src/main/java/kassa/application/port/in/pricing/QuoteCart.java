package kassa.application.port.in.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.engine.NextTierHints.NextTier;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Quotes the price of a cart without storing anything. */
public interface QuoteCart {

  /**
   * Prices a cart under the active rules, or under what-if rules. Limits are read, but nothing is
   * reserved.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the price depends on stored
   *     data that cannot be read
   */
  Outcome quote(Command command);

  /**
   * Command to quote a cart.
   *
   * @param draft the cart
   * @param at the instant for which the price is calculated; {@code null} for now
   * @param whatIfRules the rules to use instead of the active rules; {@code null} for the active
   *     rules
   * @param policy how rules combine; {@code null} for the configured policy
   */
  record Command(
      CartDraft draft,
      @Nullable Instant at,
      @Nullable WhatIfRules whatIfRules,
      @Nullable Policy policy) {}

  /**
   * Hypothetical rules for a what-if quote.
   *
   * @param rules the rules, in their order of creation
   * @param usages the assumed usage of their limits
   */
  record WhatIfRules(List<Rule> rules, Map<RuleId, LimitCounts> usages) {

    public WhatIfRules {
      rules = List.copyOf(rules);
      usages = Map.copyOf(usages);
    }
  }

  /** Outcome of {@link #quote}. */
  sealed interface Outcome {

    /**
     * The cart was priced.
     *
     * @param quote the price with its explanation
     * @param nextTiers hints: what to add to the cart for the next better discount
     */
    record Quoted(Quote quote, List<NextTier> nextTiers) implements Outcome {

      public Quoted {
        nextTiers = List.copyOf(nextTiers);
      }
    }

    /**
     * The cart has no price.
     *
     * @param refusal the reason
     */
    record CartRefused(CartRefusal refusal) implements Outcome {}
  }
}
