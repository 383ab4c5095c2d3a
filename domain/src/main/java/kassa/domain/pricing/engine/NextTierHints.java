package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.effect.CartIndex;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * Calculates next-tier hints: the quantity to add to reach the next tier of a quantity discount,
 * and the total of the order then. The totals are exact, because the larger cart is priced.
 */
public final class NextTierHints {

  /** The maximum number of hints. */
  public static final int MAX_HINTS = 20;

  /** The maximum number of carts to price. */
  public static final int MAX_REPRICINGS = 100;

  /** The maximum work of all repricings, in lines times effects. One repricing is always done. */
  public static final long MAX_WORK = 1_000_000;

  /**
   * Hint: the next tier that a line can reach.
   *
   * @param sku the sku of the line
   * @param line the index of the line in the cart, from 0
   * @param addQuantity the quantity to add
   * @param label the label of the tier for customers, or else that of the rule
   * @param newTotal the total of the order with the added quantity
   */
  public record NextTier(Sku sku, int line, Quantity addQuantity, String label, Money newTotal) {}

  private final PricingRequest request;
  private final RuleSet rules;
  private final List<EffectTiers> effectTiers;

  private NextTierHints(PricingRequest request, RuleSet rules, List<EffectTiers> effectTiers) {
    this.request = request;
    this.rules = rules;
    this.effectTiers = effectTiers;
  }

  /**
   * Returns the nearest tier of each line that has one, in the order of the lines.
   *
   * @param request the pricing request
   * @param rules the rules of the quote
   * @param quote the quote of the request
   */
  public static List<NextTier> of(PricingRequest request, RuleSet rules, Quote quote) {
    CartIndex index = new CartIndex(request.cart());
    List<EffectTiers> effectTiers = new ArrayList<>();
    for (int rule = 0; rule < rules.rules().size(); rule++) {
      if (canApply(quote.trace().get(rule).outcome())) {
        addEffectTiers(rule, rules.rules().get(rule), index, effectTiers);
      }
    }
    return new NextTierHints(request, rules, effectTiers).findAll();
  }

  /** Returns whether a larger quantity can make a rule apply, or apply differently. */
  private static boolean canApply(RuleOutcome outcome) {
    return switch (outcome) {
      case RuleOutcome.Applied _ -> true;
      case RuleOutcome.Skipped skipped ->
          switch (skipped.reason()) {
            case CONDITIONS_NOT_MET, BUDGET_EXCEEDED, EXCLUDED, NOT_BEST_OFFER, NO_EFFECT -> true;
            case UNKNOWN_CODE,
                CODE_NOT_GIVEN,
                CODE_NOT_NEEDED,
                PLACED_IN_PAST,
                USAGE_LIMIT_REACHED,
                PER_CUSTOMER_LIMIT_REACHED,
                NOT_STARTED,
                EXPIRED ->
                false;
          };
    };
  }

  private static void addEffectTiers(
      int ruleIndex, Rule rule, CartIndex cart, List<EffectTiers> effectTiers) {
    for (Effect effect : rule.definition().effects()) {
      if (effect instanceof TieredQuantity tiered) {
        int[] lines = cart.linesOf(tiered.target());
        effectTiers.add(new EffectTiers(ruleIndex, rule, tiered, lines, cart.quantity(lines)));
      }
    }
  }

  private List<NextTier> findAll() {
    List<NextTier> found = new ArrayList<>();
    int repricings = 0;
    long maxRepricings = maxRepricings();
    for (int line = 0; line < request.cart().lines().size(); line++) {
      long added = 0;
      Quote quote = null;
      for (TierStep step : stepsOf(line)) {
        if (step.add() != added) {
          if (found.size() == MAX_HINTS || repricings == maxRepricings) {
            return found;
          }
          added = step.add();
          quote = reprice(line, added);
          repricings++;
        }
        if (quote != null && step.effectTiers().isReached(line, quote)) {
          found.add(toNextTier(line, step, quote));
          break;
        }
      }
    }
    return found;
  }

  private long maxRepricings() {
    long effects = 0;
    for (Rule rule : rules.rules()) {
      effects += rule.definition().effects().size();
    }
    long work = Math.max(1, effects * request.cart().lines().size());
    return Math.clamp(MAX_WORK / work, 1, MAX_REPRICINGS);
  }

  /**
   * Returns the steps to the next tier of each effect that covers the line, the nearest first. The
   * quantity of the line stays valid, because no threshold is above the maximum quantity.
   */
  private List<TierStep> stepsOf(int line) {
    List<TierStep> steps = new ArrayList<>();
    long quantity = request.cart().lines().get(line).quantity().thousandths();
    for (EffectTiers tiers : effectTiers) {
      TierStep step = tiers.nextStep(line, quantity);
      if (step != null) {
        steps.add(step);
      }
    }
    steps.sort(Comparator.comparingLong(TierStep::add));
    return steps;
  }

  /** Prices the cart with a larger quantity of a line; {@code null} if that is no valid cart. */
  private @Nullable Quote reprice(int line, long add) {
    CartLine before = request.cart().lines().get(line);
    CartLine after = before.withQuantity(new Quantity(before.quantity().thousandths() + add));
    Cart cart;
    try {
      cart = request.cart().withLine(line, after);
    } catch (InvalidValueException invalidCart) {
      return null;
    }
    return Pricing.price(request.withCart(cart), rules);
  }

  private NextTier toNextTier(int line, TierStep step, Quote quote) {
    String label = step.tier().label();
    return new NextTier(
        request.cart().lines().get(line).sku(),
        line,
        new Quantity(step.add()),
        label == null ? step.effectTiers().rule.label() : label,
        quote.price().total());
  }

  /**
   * Step to the next tier of an effect.
   *
   * @param effectTiers the tiers of the effect
   * @param tier the next tier
   * @param add the quantity to add, in thousandths
   */
  private record TierStep(EffectTiers effectTiers, QuantityTier tier, long add) {}

  /** The tiers of one effect, and the lines that it covers. */
  private static final class EffectTiers {

    private final int index;
    private final Rule rule;
    private final TieredQuantity tiered;
    private final int[] lines;
    private final long total;

    EffectTiers(int index, Rule rule, TieredQuantity tiered, int[] lines, long total) {
      this.index = index;
      this.rule = rule;
      this.tiered = tiered;
      this.lines = lines;
      this.total = total;
    }

    @Nullable TierStep nextStep(int line, long quantity) {
      if (Arrays.binarySearch(lines, line) < 0) {
        return null;
      }
      long counted = tiered.scope() == Scope.LINE ? quantity : total;
      for (QuantityTier tier : tiered.tiers()) {
        if (tier.from().thousandths() > counted) {
          return new TierStep(this, tier, tier.from().thousandths() - counted);
        }
      }
      return null;
    }

    /** Returns whether the rule discounts the line, or any line if the total quantity counts. */
    boolean isReached(int line, Quote quote) {
      return quote.trace().get(index).outcome() instanceof RuleOutcome.Applied applied
          && applied.lines().stream()
              .anyMatch(share -> tiered.scope() == Scope.TARGET_TOTAL || share.line() == line);
    }
  }
}
