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
 * Finds what rules may say but surely do not mean. Only what holds for every cart is told, under
 * the default policy: no finding is a guess.
 */
public final class RuleLint {

  private static final long UNIT = 1_000;

  private final List<Rule> rules;
  private final List<Finding> findings;

  /**
   * Something that is surely not meant.
   *
   * @param rule the rule's place in the list, from 0
   * @param ruleId the rule
   * @param pointer where in the rule, as a JSON pointer (RFC 6901); empty for the whole of it
   * @param code what it is, for programs: {@code empty_window}, {@code tier_never_reached}, {@code
   *     hidden_by_exclusive}, {@code repeated_code} or {@code no_effect}
   * @param detail what it is, for people
   */
  public record Finding(int rule, RuleId ruleId, String pointer, String code, String detail) {}

  private RuleLint(List<Rule> rules) {
    this.rules = rules;
    this.findings = new ArrayList<>();
  }

  /**
   * What is found, in the order of the rules.
   *
   * @param rules in the order in which they were created
   */
  public static List<Finding> check(List<Rule> rules) {
    RuleLint lint = new RuleLint(rules);
    for (int place = 0; place < rules.size(); place++) {
      lint.checkWindow(place);
      lint.checkEffects(place);
    }
    lint.checkRepeatedCodes();
    lint.checkHiddenByExclusive();
    lint.findings.sort(Comparator.comparingInt(Finding::rule));
    return List.copyOf(lint.findings);
  }

  private void checkWindow(int place) {
    if (definition(place).window().isEmpty()) {
      report(
          place, "/window", "empty_window", "the rule ends before it begins, so it never applies");
    }
  }

  private void checkEffects(int place) {
    List<Effect> effects = definition(place).effects();
    boolean asConditionsSaw = true;
    for (int i = 0; i < effects.size(); i++) {
      String pointer = "/effects/" + i;
      String nothing = pointerWithoutEffect(effects.get(i));
      if (nothing != null) {
        report(place, pointer + nothing, "no_effect", "nothing comes off");
      }
      if (effects.get(i) instanceof Effect.TieredOrderAmount tiered) {
        checkAmountTiers(place, pointer, tiered, asConditionsSaw);
      } else if (effects.get(i) instanceof TieredQuantity tiered) {
        checkQuantityTiers(place, pointer, tiered);
      }
      asConditionsSaw &= leavesItemsUnchanged(effects.get(i));
    }
  }

  /** Where an effect says that it takes nothing off; {@code null} if it does not say so. */
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
   * Tiers by amount, against what the conditions demand.
   *
   * @param asConditionsSaw whether the order still costs what the conditions saw
   */
  private void checkAmountTiers(
      int place, String pointer, Effect.TieredOrderAmount tiered, boolean asConditionsSaw) {
    long maxMicros = Long.MAX_VALUE;
    long minMicros = -1;
    for (Condition condition : requiredConditions(definition(place).when())) {
      if (condition instanceof Condition.MaxSubtotal max) {
        maxMicros = Math.min(maxMicros, max.amount().micros());
      } else if (condition instanceof Condition.MinSubtotal min && asConditionsSaw) {
        minMicros = Math.max(minMicros, min.amount().micros());
      } else if (negatedCondition(condition) instanceof Condition.MinSubtotal min) {
        maxMicros = Math.min(maxMicros, min.amount().micros() - 1);
      }
    }
    for (int tier = 0; tier < tiered.tiers().size(); tier++) {
      boolean above = tiered.tiers().get(tier).from().micros() > maxMicros;
      boolean below =
          tier + 1 < tiered.tiers().size()
              && tiered.tiers().get(tier + 1).from().micros() <= minMicros;
      reportUnreachableTier(place, pointer, tier, above, below);
    }
  }

  private void checkQuantityTiers(int place, String pointer, TieredQuantity tiered) {
    boolean total = tiered.scope() == Scope.TARGET_TOTAL;
    // Each unit below pays the tiers below, so none of them is passed over when tiers are
    // graduated.
    boolean ofEverything = total && tiered.target().isAll() && tiered.mode() == Mode.VOLUME;
    long below = Long.MAX_VALUE;
    long minThousandths = -1;
    for (Condition condition : requiredConditions(definition(place).when())) {
      if (condition instanceof Condition.MinQuantity min && ofEverything) {
        minThousandths = Math.max(minThousandths, min.quantity().thousandths());
      } else if (condition instanceof Condition.AnyLineMinQuantity min && ofEverything) {
        minThousandths = Math.max(minThousandths, min.quantity().thousandths());
      } else if (negatedCondition(condition) instanceof Condition.MinQuantity min) {
        below = Math.min(below, min.quantity().thousandths());
      } else if (negatedCondition(condition) instanceof Condition.AnyLineMinQuantity min
          && !total) {
        below = Math.min(below, min.quantity().thousandths());
      }
    }
    for (int tier = 0; tier < tiered.tiers().size(); tier++) {
      long from = tiered.tiers().get(tier).from().thousandths();
      // The part of a unit pays the tier of the unit that it is a part of.
      long begins = tiered.mode() == Mode.VOLUME ? from : from - UNIT;
      boolean passed =
          tier + 1 < tiered.tiers().size()
              && tiered.tiers().get(tier + 1).from().thousandths() <= minThousandths;
      reportUnreachableTier(place, pointer, tier, begins >= below, passed);
    }
  }

  private void reportUnreachableTier(
      int place, String pointer, int tier, boolean above, boolean below) {
    if (above || below) {
      report(
          place,
          pointer + "/tiers/" + tier,
          "tier_never_reached",
          above
              ? "the conditions refuse every order that reaches the tier"
              : "the conditions refuse every order that does not reach the next tier");
    }
  }

  /** The conditions that hold whenever the rule applies, those of nested groups included. */
  private static List<Condition> requiredConditions(Condition.Group group) {
    List<Condition> demanded = new ArrayList<>();
    for (Condition condition : group.entries().values()) {
      if (condition instanceof Condition.AllOf(List<Condition.Group> groups)) {
        groups.forEach(each -> demanded.addAll(requiredConditions(each)));
      } else {
        demanded.add(condition);
      }
    }
    return demanded;
  }

  /** The one condition that must not hold, where there is just one. */
  private static @Nullable Condition negatedCondition(Condition condition) {
    return condition instanceof Condition.Not(Condition.Group group) && group.entries().size() == 1
        ? group.entries().values().iterator().next()
        : null;
  }

  /** One code may bring one rule after another, but not two rules at once. */
  private void checkRepeatedCodes() {
    Map<String, List<Integer>> byCode = new HashMap<>();
    for (int place = 0; place < rules.size(); place++) {
      Code code = definition(place).code();
      if (code != null) {
        List<Integer> others = byCode.computeIfAbsent(code.key(), _ -> new ArrayList<>());
        reportRepeatedCode(place, others);
        others.add(place);
      }
    }
  }

  private void reportRepeatedCode(int place, List<Integer> others) {
    for (int other : others) {
      if (definition(other).window().overlaps(definition(place).window())) {
        report(
            place,
            "/code",
            "repeated_code",
            "the rule " + rules.get(other).id() + " has the same code at the same time");
        return;
      }
    }
  }

  /** An exclusive rule that always applies leaves nothing to those that come after it. */
  private void checkHiddenByExclusive() {
    List<Integer> order =
        IntStream.range(0, rules.size())
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer place) -> definition(place).priority()).reversed())
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
      boolean before = i < exclusive && definition(order.get(i)).isExclusive();
      if (i != exclusive && !before) {
        report(
            order.get(i),
            "",
            "hidden_by_exclusive",
            "the rule "
                + rules.get(order.get(exclusive)).id()
                + " is exclusive and always applies, so this one never does");
      }
    }
  }

  private static boolean alwaysApplies(Rule rule) {
    RuleDefinition definition = rule.definition();
    return definition.isExclusive()
        && !rule.needsCode()
        && definition.code() == null
        && definition.currency() == null
        && definition.window().equals(ValidityWindow.ALWAYS)
        && !definition.limits().hasAny()
        && definition.when().entries().isEmpty()
        && definition.effects().stream().allMatch(RuleLint::fitsAnyCurrency)
        && definition.effects().stream().anyMatch(RuleLint::coversWholeCart);
  }

  /** A rule with an amount that a currency cannot pay does not apply to carts in it. */
  private static boolean fitsAnyCurrency(Effect effect) {
    Amount finest = effect.mostPreciseFixedAmount();
    return finest == null || finest.decimalPlaces() == 0;
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

  private RuleDefinition definition(int place) {
    return rules.get(place).definition();
  }

  private void report(int place, String pointer, String code, String detail) {
    findings.add(new Finding(place, rules.get(place).id(), pointer, code, detail));
  }
}
