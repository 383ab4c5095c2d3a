package kassa.domain.rule;

import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says, in one of its versions.
 *
 * @param name what those who keep the rule call it
 * @param label what the buyer is told a discount is
 * @param priority rules of a higher priority come first
 * @param code the code that brings the rule; {@code null} if none does, or codes of their own do
 * @param currency the currency of its amounts; {@code null} if they mean the same in every one
 * @param window when it applies
 * @param limits how often
 * @param when on what conditions
 * @param effects what it does, in this order; at least one
 * @param isExclusive whether no other rule applies with it
 * @param isCombinable whether it may be combined with others; matters when the best total is sought
 * @param level which rules it is compared with when the best total of each level is sought
 * @param bestOfGroup the rules of one group compete line by line; {@code null} for none
 */
public record RuleDefinition(
    @Nullable String name,
    @Nullable String label,
    int priority,
    @Nullable Code code,
    @Nullable Currency currency,
    ValidityWindow window,
    UsageLimits limits,
    Condition.Group when,
    List<Effect> effects,
    boolean isExclusive,
    boolean isCombinable,
    Level level,
    @Nullable String bestOfGroup) {

  /** What a rule is about, for the choice of the best total of each level. */
  public enum Level {
    /** Single lines; resolved first. */
    ITEM,
    /** The order as a whole. */
    ORDER
  }

  public RuleDefinition {
    effects = List.copyOf(effects);
  }
}
