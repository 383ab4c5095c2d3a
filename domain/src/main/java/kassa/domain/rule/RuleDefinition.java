package kassa.domain.rule;

import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Definition of a discount rule.
 *
 * @param names the names for operators and customers
 * @param code the code of the rule; {@code null} if it needs none or has stored codes only
 * @param currency the currency of the carts that the rule applies to; {@code null} for any currency
 * @param window the time in which the rule applies
 * @param limits the usage limits
 * @param when the conditions
 * @param effects the effects in the order in which they apply; at least one
 * @param combination how the rule combines with other rules
 */
public record RuleDefinition(
    RuleNames names,
    @Nullable Code code,
    @Nullable Currency currency,
    ValidityWindow window,
    UsageLimits limits,
    Condition.Group when,
    List<Effect> effects,
    RuleCombination combination) {

  /** Copies the list. */
  public RuleDefinition {
    effects = List.copyOf(effects);
  }
}
