package kassa.application.port.in;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import kassa.domain.InvalidValueException;
import kassa.domain.pricing.NextTiers.NextTier;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.Usage;
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
   * @param basket the cart
   * @param at the time that the price is for; now if {@code null}
   * @param rules what to price under instead of the rules in force
   * @param policy how the rules work together; as they do here if {@code null}
   */
  record Command(
      Basket basket, @Nullable Instant at, @Nullable TriedRules rules, @Nullable Policy policy) {}

  /**
   * Rules that are tried out.
   *
   * @param rules in the order in which they would have been created
   * @param usages how far their limits would be used up
   */
  record TriedRules(List<Rule> rules, Map<RuleId, Usage> usages) {

    public TriedRules {
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
    record Unsellable(List<UnsellableItem> items) implements Outcome {

      public Unsellable {
        items = List.copyOf(items);
      }
    }

    /**
     * With the prices of the catalogue it is no cart.
     *
     * @param reason why
     */
    record NoCart(InvalidValueException reason) implements Outcome {}
  }
}
