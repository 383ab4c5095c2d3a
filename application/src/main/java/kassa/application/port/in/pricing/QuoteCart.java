package kassa.application.port.in.pricing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kassa.domain.InvalidValueException;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.engine.NextTierHints.NextTier;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Tells what a cart costs, and stores nothing. */
public interface QuoteCart {

  /**
   * Prices a cart under the rules in force, or under others that are tried out. Limits are read,
   * and nothing is taken of them.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the price depends on the store
   *     and it cannot be asked
   */
  Outcome quote(Command command);

  /**
   * What to price.
   *
   * @param draft the cart
   * @param at the time that the price is for; now if {@code null}
   * @param whatIfRules what to price under instead of the rules in force
   * @param policy how the rules work together; as they do here if {@code null}
   */
  record Command(
      CartDraft draft,
      @Nullable Instant at,
      @Nullable WhatIfRules whatIfRules,
      @Nullable Policy policy) {}

  /**
   * Rules that are tried out.
   *
   * @param rules in the order in which they would have been created
   * @param usages how far their limits would be used up
   */
  record WhatIfRules(List<Rule> rules, Map<RuleId, LimitCounts> usages) {

    public WhatIfRules {
      rules = List.copyOf(rules);
      usages = Map.copyOf(usages);
    }
  }

  /** What came of it. */
  sealed interface Outcome {

    /**
     * The price.
     *
     * @param quote what the cart costs, and why
     * @param nextTiers what would have to be added for a better price
     */
    record Quoted(Quote quote, List<NextTier> nextTiers) implements Outcome {

      public Quoted {
        nextTiers = List.copyOf(nextTiers);
      }
    }

    /**
     * Some lines have no price.
     *
     * @param items which, and why
     */
    record UnavailableItems(List<UnavailableItem> items) implements Outcome {

      public UnavailableItems {
        items = List.copyOf(items);
      }
    }

    /**
     * With the prices of the catalogue it is no cart.
     *
     * @param reason why
     */
    record InvalidCart(InvalidValueException reason) implements Outcome {}
  }
}
