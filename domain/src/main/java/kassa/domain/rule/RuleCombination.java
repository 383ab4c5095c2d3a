package kassa.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * How a rule combines with other rules.
 *
 * @param priority rules with a higher priority apply first
 * @param isExclusive whether no other rule applies together with this one
 * @param isCombinable whether the rule may be combined with others by the best-total resolvers
 * @param level the level at which {@code BEST_TOTAL_PER_LEVEL} compares the rule with others
 * @param bestOfGroup the name of a group of which only the best rule applies to each line; {@code
 *     null} for none
 */
public record RuleCombination(
    int priority,
    boolean isExclusive,
    boolean isCombinable,
    Level level,
    @Nullable String bestOfGroup) {

  /** The combination of a rule that does not specify it. */
  public static final RuleCombination DEFAULT =
      new RuleCombination(0, false, true, Level.ORDER, null);

  /** Level of a rule for the resolver {@code BEST_TOTAL_PER_LEVEL}. */
  public enum Level {
    /** The rule is for single lines; resolved first. */
    ITEM,
    /** The rule is for the order as a whole. */
    ORDER
  }
}
