package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * What a buyer could add to reach the next tier of a quantity discount, and what the order would
 * cost then. Nothing is estimated: every answer comes from pricing the greater cart.
 */
public final class NextTierHints {

  /** The most entries that are told. */
  public static final int MAX_HINTS = 20;

  /** The most carts that are priced to find them. */
  public static final int MAX_REPRICINGS = 100;

  /** The most work of all those repricings: lines times effects. One repricing is always done. */
  public static final long MAX_WORK = 1_000_000;

  /**
   * The next tier that a line can reach.
   *
   * @param sku what is in the line
   * @param line the line's place in the cart, from 0
   * @param addQuantity how much more of it reaches the tier
   * @param label what the buyer is told the tier is: its label, else that of the rule
   * @param newTotal what the whole order costs then
   */
  public record NextTier(Sku sku, int line, Quantity addQuantity, String label, Money newTotal) {}

  private final PricingRequest request;
  private final RuleSet rules;
  private final List<EffectTiers> effectTiers;

  private NextTierHints(PricingRequest request, RuleSet rules, List<EffectTiers> ladders) {
    this.request = request;
    this.rules = rules;
    this.effectTiers = ladders;
  }

  /**
   * The nearest tier of each line for which there is one, in the order of the lines.
   *
   * @param request what was priced
   * @param rules what it was priced under
   * @param quote what came of it
   */
  public static List<NextTier> of(PricingRequest request, RuleSet rules, Quote quote) {
    CartIndex index = new CartIndex(request.cart());
    List<EffectTiers> ladders = new ArrayList<>();
    for (int place = 0; place < rules.rules().size(); place++) {
      if (canApply(quote.trace().get(place).outcome())) {
        addEffectTiers(place, rules.rules().get(place), index, ladders);
      }
    }
    return new NextTierHints(request, rules, ladders).findAll();
  }

  /** Whether more goods could make a rule apply that did not, or apply differently. */
  private static boolean canApply(RuleOutcome outcome) {
    return switch (outcome) {
      case RuleOutcome.Applied _ -> true;
      case RuleOutcome.Skipped skipped ->
          switch (skipped.reason()) {
            case CONDITIONS_NOT_MET, BUDGET_EXCEEDED, EXCLUDED, NOT_BEST_OFFER, NO_EFFECT -> true;
            case UNKNOWN_CODE,
                CODE_NOT_GIVEN,
                CODE_NOT_NEEDED,
                USAGE_LIMIT_REACHED,
                PER_CUSTOMER_LIMIT_REACHED,
                NOT_STARTED,
                EXPIRED ->
                false;
          };
    };
  }

  private static void addEffectTiers(
      int place, Rule rule, CartIndex index, List<EffectTiers> ladders) {
    for (Effect effect : rule.definition().effects()) {
      if (effect instanceof TieredQuantity tiered) {
        int[] lines = index.linesOf(tiered.target());
        ladders.add(new EffectTiers(place, rule, tiered, lines, index.quantity(lines)));
      }
    }
  }

  private List<NextTier> findAll() {
    List<NextTier> found = new ArrayList<>();
    int repricings = 0;
    long maxRepricings = maxRepricings();
    for (int line = 0; line < request.cart().lines().size(); line++) {
      Map<Long, Optional<Quote>> priced = new HashMap<>();
      for (TierStep step : stepsOf(line)) {
        if (!priced.containsKey(step.add())) {
          if (found.size() == MAX_HINTS || repricings == maxRepricings) {
            return found;
          }
          priced.put(step.add(), Optional.ofNullable(reprice(line, step.add())));
          repricings++;
        }
        Quote quote = priced.get(step.add()).orElse(null);
        if (quote != null && step.effectTiers().isReached(line, quote)) {
          found.add(toNextTier(line, step, quote));
          break;
        }
      }
    }
    return found;
  }

  private long maxRepricings() {
    long effects =
        rules.rules().stream().mapToLong(rule -> rule.definition().effects().size()).sum();
    long work = Math.max(1, effects * request.cart().lines().size());
    return Math.clamp(MAX_WORK / work, 1, MAX_REPRICINGS);
  }

  /**
   * What reaches the next tier of each ladder that the line stands on, the nearest first. No line
   * gets more than a quantity may be, for no tier begins above that.
   */
  private List<TierStep> stepsOf(int line) {
    List<TierStep> steps = new ArrayList<>();
    long quantity = request.cart().lines().get(line).quantity().thousandths();
    for (EffectTiers ladder : effectTiers) {
      TierStep step = ladder.nextStep(line, quantity);
      if (step != null) {
        steps.add(step);
      }
    }
    steps.sort(Comparator.comparingLong(TierStep::add));
    return steps;
  }

  /** What the order costs with so much more in a line; {@code null} if no cart may hold that. */
  private @Nullable Quote reprice(int line, long add) {
    CartLine before = request.cart().lines().get(line);
    CartLine after = before.withQuantity(new Quantity(before.quantity().thousandths() + add));
    Cart cart;
    try {
      cart = request.cart().withLine(line, after);
    } catch (InvalidValueException tooMuch) {
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
   * A step up a ladder.
   *
   * @param add how much more reaches it, in thousandths
   */
  private record TierStep(EffectTiers effectTiers, QuantityTier tier, long add) {}

  /** The tiers of one effect, and the lines that stand on them. */
  private static final class EffectTiers {

    private final int position;
    private final Rule rule;
    private final TieredQuantity tiered;
    private final int[] lines;
    private final long total;

    EffectTiers(int place, Rule rule, TieredQuantity tiered, int[] lines, long total) {
      this.position = place;
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

    /** Whether the rule takes something off there, or off any line where the total counts. */
    boolean isReached(int line, Quote quote) {
      return quote.trace().get(position).outcome() instanceof RuleOutcome.Applied applied
          && applied.lines().stream()
              .anyMatch(share -> tiered.scope() == Scope.TARGET_TOTAL || share.line() == line);
    }
  }
}
