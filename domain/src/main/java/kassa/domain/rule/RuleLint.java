package kassa.domain.rule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kassa.domain.money.Amount;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Static check of rules for definitions that are valid but surely unintended. A finding holds for
 * every cart under the default policy, so there are no false positives.
 */
public final class RuleLint {

  private static final long UNIT = 1_000;

  private final List<Rule> rules;
  private final List<Finding> findings;

  /**
   * Finding of the check.
   *
   * @param rule the index of the rule in the list, from 0
   * @param ruleId the rule
   * @param pointer the location in the rule as a JSON pointer (RFC 6901); empty for the whole rule
   * @param code the kind of finding, for programs: {@code empty_window}, {@code
   *     tier_never_reached}, {@code hidden_by_exclusive}, {@code repeated_code} or {@code
   *     no_effect}
   * @param detail the description, for people
   */
  public record Finding(int rule, RuleId ruleId, String pointer, String code, String detail) {}

  private RuleLint(List<Rule> rules) {
    this.rules = rules;
    this.findings = new ArrayList<>();
  }

  /**
   * Checks rules and returns the findings in the order of the rules.
   *
   * @param rules the rules in the order of creation
   */
  public static List<Finding> check(List<Rule> rules) {
    RuleLint lint = new RuleLint(rules);
    for (int index = 0; index < rules.size(); index++) {
      lint.checkWindow(index);
      lint.checkEffects(index);
    }
    lint.checkRepeatedCodes();
    lint.checkHiddenByExclusive();
    lint.findings.sort(Comparator.comparingInt(Finding::rule));
    return List.copyOf(lint.findings);
  }

  private void checkWindow(int index) {
    if (definition(index).window().isEmpty()) {
      report(
          index,
          "/window",
          "empty_window",
          "the window ends before it starts, so the rule never applies");
    }
  }

  private void checkEffects(int index) {
    List<Effect> effects = definition(index).effects();
    boolean isUnchanged = true;
    for (int i = 0; i < effects.size(); i++) {
      String pointer = "/effects/" + i;
      String field = pointerWithoutEffect(effects.get(i));
      if (field != null) {
        report(index, pointer + field, "no_effect", "the effect never gives a discount");
      }
      if (effects.get(i) instanceof Effect.TieredOrderAmount tiered) {
        checkAmountTiers(index, pointer, tiered, isUnchanged);
      } else if (effects.get(i) instanceof TieredQuantity tiered) {
        checkQuantityTiers(index, pointer, tiered);
      }
      isUnchanged &= leavesItemsUnchanged(effects.get(i));
    }
  }

  /** Returns the field because of which an effect has no discount; {@code null} if none. */
  private static @Nullable String pointerWithoutEffect(Effect effect) {
    return switch (effect) {
      case Effect.PercentOffOrder(var percent, var maxAmount, _) ->
          percent.tenThousandths() == 0
              ? "/percent"
              : maxAmount != null && maxAmount.isZero() ? "/maxAmount" : null;
      case Effect.AmountOffOrder off -> off.amount().isZero() ? "/amount" : null;
      case Effect.PercentOffUnits off -> off.percent().tenThousandths() == 0 ? "/percent" : null;
      case Effect.AmountOffUnits off -> off.amount().isZero() ? "/amount" : null;
      case Effect.AmountOffLine off -> off.amount().isZero() ? "/amount" : null;
      case TieredQuantity(_, _, var tiers, _) ->
          tiers.stream().allMatch(tier -> isZero(tier.reduction())) ? "/tiers" : null;
      case Effect.TieredOrderAmount(var tiers) ->
          tiers.stream().allMatch(tier -> isZero(tier.reduction())) ? "/tiers" : null;
      case Effect.QuantityGroup group ->
          !isZero(group.reduction())
              ? null
              : group.reduction() instanceof Reduction.PercentOff ? "/percent" : "/amountPerUnit";
      case Effect.BuyXGetY buy -> buy.percent().tenThousandths() == 0 ? "/percent" : null;
      case Effect.NthUnitPercent nth -> nth.percent().tenThousandths() == 0 ? "/percent" : null;
      case Effect.PercentOffShipping off -> off.percent().tenThousandths() == 0 ? "/percent" : null;
      case Effect.AmountOffShipping off -> off.amount().isZero() ? "/amount" : null;
      case Effect.PercentOffItemsAndShipping off ->
          off.percent().tenThousandths() == 0 ? "/percent" : null;
      case Effect.AmountOffItemsAndShipping off -> off.amount().isZero() ? "/amount" : null;
      case Effect.FixedUnitPrice _, Effect.BundlePrice _, Effect.FreeGift _ -> null;
    };
  }

  private static boolean isZero(Reduction reduction) {
    return switch (reduction) {
      case Reduction.PercentOff off -> off.percent().tenThousandths() == 0;
      case Reduction.AmountOff off -> off.amount().isZero();
      case Reduction.FixedPrice _ -> false;
    };
  }

  private static boolean leavesItemsUnchanged(Effect effect) {
    return effect instanceof Effect.PercentOffShipping
        || effect instanceof Effect.AmountOffShipping
        || effect instanceof Effect.FreeGift;
  }

  /**
   * Finds amount tiers that the conditions make unreachable.
   *
   * @param isUnchanged whether the amount is still the one that the conditions were checked with
   */
  private void checkAmountTiers(
      int index, String pointer, Effect.TieredOrderAmount tiered, boolean isUnchanged) {
    long maxMicros = Long.MAX_VALUE;
    long minMicros = -1;
    for (Condition condition : requiredConditions(definition(index).when())) {
      if (condition instanceof Condition.MaxSubtotal max) {
        maxMicros = Math.min(maxMicros, max.amount().micros());
      } else if (condition instanceof Condition.MinSubtotal min && isUnchanged) {
        minMicros = Math.max(minMicros, min.amount().micros());
      } else if (negatedCondition(condition) instanceof Condition.MinSubtotal min) {
        maxMicros = Math.min(maxMicros, min.amount().micros() - 1);
      }
    }
    for (int tier = 0; tier < tiered.tiers().size(); tier++) {
      boolean isAbove = tiered.tiers().get(tier).from().micros() > maxMicros;
      boolean isBelow =
          tier + 1 < tiered.tiers().size()
              && tiered.tiers().get(tier + 1).from().micros() <= minMicros;
      reportUnreachableTier(index, pointer, tier, isAbove, isBelow);
    }
  }

  private void checkQuantityTiers(int index, String pointer, TieredQuantity tiered) {
    boolean isTargetTotal = tiered.scope() == Scope.TARGET_TOTAL;
    // With graduated tiers the first units are priced by the lower tiers, which are therefore used.
    boolean isWholeCart = isTargetTotal && tiered.target().isAll() && tiered.mode() == Mode.VOLUME;
    long maxThousandths = Long.MAX_VALUE;
    long minThousandths = -1;
    for (Condition condition : requiredConditions(definition(index).when())) {
      if (condition instanceof Condition.MinQuantity min && isWholeCart) {
        minThousandths = Math.max(minThousandths, min.quantity().thousandths());
      } else if (condition instanceof Condition.AnyLineMinQuantity min && isWholeCart) {
        minThousandths = Math.max(minThousandths, min.quantity().thousandths());
      } else if (negatedCondition(condition) instanceof Condition.MinQuantity min) {
        maxThousandths = Math.min(maxThousandths, min.quantity().thousandths() - 1);
      } else if (negatedCondition(condition) instanceof Condition.AnyLineMinQuantity min
          && !isTargetTotal) {
        maxThousandths = Math.min(maxThousandths, min.quantity().thousandths() - 1);
      }
    }
    for (int tier = 0; tier < tiered.tiers().size(); tier++) {
      long from = tiered.tiers().get(tier).from().thousandths();
      // A fractional unit is priced by the tier of the whole unit that it belongs to.
      long start = tiered.mode() == Mode.VOLUME ? from : from - UNIT;
      boolean isBelow =
          tier + 1 < tiered.tiers().size()
              && tiered.tiers().get(tier + 1).from().thousandths() <= minThousandths;
      reportUnreachableTier(index, pointer, tier, start > maxThousandths, isBelow);
    }
  }

  private void reportUnreachableTier(
      int index, String pointer, int tier, boolean isAbove, boolean isBelow) {
    if (isAbove || isBelow) {
      report(
          index,
          pointer + "/tiers/" + tier,
          "tier_never_reached",
          isAbove
              ? "the conditions exclude all orders that reach this tier"
              : "the conditions exclude all orders below the next tier");
    }
  }

  /** Returns the conditions that must hold for the rule, including those of nested groups. */
  private static List<Condition> requiredConditions(Condition.Group group) {
    List<Condition> required = new ArrayList<>();
    for (Condition condition : group.entries().values()) {
      if (condition instanceof Condition.AllOf(List<Condition.Group> groups)) {
        groups.forEach(each -> required.addAll(requiredConditions(each)));
      } else {
        required.add(condition);
      }
    }
    return required;
  }

  /** Returns the only condition of a {@code not} group; {@code null} if there are several. */
  private static @Nullable Condition negatedCondition(Condition condition) {
    return condition instanceof Condition.Not(Condition.Group group) && group.entries().size() == 1
        ? group.entries().values().iterator().next()
        : null;
  }

  /** Finds rules with the same code whose validity windows overlap. */
  private void checkRepeatedCodes() {
    Map<String, List<Integer>> byCode = new HashMap<>();
    for (int index = 0; index < rules.size(); index++) {
      Code code = definition(index).code();
      if (code != null) {
        List<Integer> others = byCode.computeIfAbsent(code.key(), _ -> new ArrayList<>());
        reportRepeatedCode(index, others);
        others.add(index);
      }
    }
  }

  private void reportRepeatedCode(int index, List<Integer> others) {
    for (int other : others) {
      if (definition(other).window().overlaps(definition(index).window())) {
        report(
            index,
            "/code",
            "repeated_code",
            "rule " + rules.get(other).id() + " has the same code at the same time");
        return;
      }
    }
  }

  /** Finds rules that never apply because an exclusive rule always applies first. */
  private void checkHiddenByExclusive() {
    List<Integer> order =
        IntStream.range(0, rules.size())
            .boxed()
            .sorted(
                Comparator.comparingInt(
                        (Integer index) -> definition(index).combination().priority())
                    .reversed())
            .toList();
    for (int i = 0; i < order.size(); i++) {
      if (alwaysApplies(rules.get(order.get(i)))) {
        reportHidden(order, i);
        return;
      }
    }
  }

  private void reportHidden(List<Integer> order, int exclusive) {
    for (int i = 0; i < order.size(); i++) {
      boolean before = i < exclusive && definition(order.get(i)).combination().isExclusive();
      if (i != exclusive && !before) {
        report(
            order.get(i),
            "",
            "hidden_by_exclusive",
            "rule "
                + rules.get(order.get(exclusive)).id()
                + " is exclusive and always applies, so this rule never applies");
      }
    }
  }

  private static boolean alwaysApplies(Rule rule) {
    RuleDefinition definition = rule.definition();
    return definition.combination().isExclusive()
        && !rule.needsCode()
        && definition.code() == null
        && definition.currency() == null
        && definition.window().equals(ValidityWindow.ALWAYS)
        && !definition.limits().hasAny()
        && definition.when().entries().isEmpty()
        && definition.effects().stream().allMatch(RuleLint::fitsAnyCurrency)
        && definition.effects().stream().anyMatch(RuleLint::coversWholeCart);
  }

  /** A rule with a fixed amount that the currency cannot represent does not apply to a cart. */
  private static boolean fitsAnyCurrency(Effect effect) {
    Amount mostPrecise = effect.mostPreciseFixedAmount();
    return mostPrecise == null || mostPrecise.decimalPlaces() == 0;
  }

  private static boolean coversWholeCart(Effect effect) {
    return pointerWithoutEffect(effect) == null
        && switch (effect) {
          case Effect.PercentOffOrder off -> off.target().isAll();
          case Effect.AmountOffOrder off -> off.target().isAll();
          case Effect.PercentOffUnits off -> off.target().isAll();
          case Effect.AmountOffLine off -> off.target().isAll();
          case Effect.FixedUnitPrice fixed -> fixed.target().isAll() && fixed.unitPrice().isZero();
          case Effect.PercentOffItemsAndShipping _, Effect.AmountOffItemsAndShipping _ -> true;
          default -> false;
        };
  }

  private RuleDefinition definition(int index) {
    return rules.get(index).definition();
  }

  private void report(int index, String pointer, String code, String detail) {
    findings.add(new Finding(index, rules.get(index).id(), pointer, code, detail));
  }
}
