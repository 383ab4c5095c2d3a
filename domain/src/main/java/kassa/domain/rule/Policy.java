package kassa.domain.rule;

/**
 * Pricing policy of a shop: how rules are combined and how amounts are rounded.
 *
 * @param stackBase the base of the percentages of a rule
 * @param effectBase the base of the percentages of the second and later effects of a rule
 * @param resolver which of the eligible rules apply
 * @param roundOn which part of a percentage is rounded
 * @param taxRoundAt where tax is rounded
 * @param unitsConsumed whether a unit can be selected by several rules
 */
public record Policy(
    StackBase stackBase,
    EffectBase effectBase,
    Resolver resolver,
    RoundOn roundOn,
    TaxRoundAt taxRoundAt,
    UnitsConsumed unitsConsumed) {

  /** The default policy. */
  public static final Policy DEFAULT =
      new Policy(
          StackBase.REMAINING,
          EffectBase.REMAINING,
          Resolver.STACK,
          RoundOn.DISCOUNT,
          TaxRoundAt.LINE,
          UnitsConsumed.REUSE);

  /** The base of the percentages of a rule. */
  public enum StackBase {
    /** The amount remaining after earlier rules. */
    REMAINING,
    /** The price before any rule. */
    ORIGINAL
  }

  /** The base of the percentages of the second and later effects of a rule. */
  public enum EffectBase {
    /** The amount remaining after the earlier effects of the rule. */
    REMAINING,
    /** The amount at the start of the rule. */
    PROMOTION_START
  }

  /** Which of the eligible rules apply. */
  public enum Resolver {
    /** All rules apply, one after another. */
    STACK,
    /** All combinable rules together, or one other rule alone: the larger discount wins. */
    BEST_TOTAL,
    /** Like {@code BEST_TOTAL}, first for the rules of the item level, then of the order level. */
    BEST_TOTAL_PER_LEVEL
  }

  /** The part of a percentage that is rounded half-up. */
  public enum RoundOn {
    /** The discount. */
    DISCOUNT,
    /** The remaining amount. */
    NET
  }

  /** Where tax is rounded. */
  public enum TaxRoundAt {
    /** Once for each line. */
    LINE,
    /** Once for each unit. */
    UNIT
  }

  /** Whether rules with {@code maxUnits} may select units that such a rule has selected before. */
  public enum UnitsConsumed {
    /** They may. */
    REUSE,
    /** They may not; they select other units. */
    SPREAD
  }
}
