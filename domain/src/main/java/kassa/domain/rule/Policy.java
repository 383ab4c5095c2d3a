package kassa.domain.rule;

/**
 * How rules work together, where shops differ.
 *
 * @param stackBase what a rule's shares are taken from
 * @param effectBase what the shares of a rule's second and later effects are taken from
 * @param resolver which of the eligible rules apply
 * @param roundOn what of a share is rounded
 * @param taxRoundAt where tax is rounded
 * @param unitsConsumed whether units that a rule took are taken again
 */
public record Policy(
    StackBase stackBase,
    EffectBase effectBase,
    Resolver resolver,
    RoundOn roundOn,
    TaxRoundAt taxRoundAt,
    UnitsConsumed unitsConsumed) {

  /** What applies unless another is named. */
  public static final Policy DEFAULT =
      new Policy(
          StackBase.REMAINING,
          EffectBase.REMAINING,
          Resolver.STACK,
          RoundOn.DISCOUNT,
          TaxRoundAt.LINE,
          UnitsConsumed.REUSE);

  /** What a rule's shares are taken from. */
  public enum StackBase {
    /** What the rules before it left. */
    REMAINING,
    /** What the goods cost before any rule. */
    ORIGINAL
  }

  /** What the shares of a rule's second and later effects are taken from. */
  public enum EffectBase {
    /** What its effects before left. */
    REMAINING,
    /** What there was when the rule began. */
    PROMOTION_START
  }

  /** Which of the eligible rules apply. */
  public enum Resolver {
    /** All, one after the other. */
    STACK,
    /** All combinable ones together, or one of the others alone: what saves more. */
    BEST_TOTAL,
    /** The same for the rules of the item level, and then for those of the order level. */
    BEST_TOTAL_PER_LEVEL
  }

  /** What of a share is rounded half-up. */
  public enum RoundOn {
    /** What comes off. */
    DISCOUNT,
    /** What is left. */
    NET
  }

  /** Where tax is rounded. */
  public enum TaxRoundAt {
    /** Once for each line. */
    LINE,
    /** Once for each unit. */
    UNIT
  }

  /** Whether units that a rule with {@code maxUnits} took are taken again by another such rule. */
  public enum UnitsConsumed {
    /** They are. */
    REUSE,
    /** They are not, while there are others. */
    SPREAD
  }
}
