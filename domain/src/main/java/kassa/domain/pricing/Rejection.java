package kassa.domain.pricing;

import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Rejection: a code that does not apply, or a rule without a code whose limit is reached.
 *
 * @param code the code as entered; {@code null} for a rule without a code
 * @param rule the rule; {@code null} if no rule has the code
 * @param reason the reason
 * @param requiredCurrency the ISO 4217 code of the only currency of the rule; {@code null} if
 *     another currency is not the reason
 */
public record Rejection(
    @Nullable Code code,
    @Nullable RuleId rule,
    SkipReason reason,
    @Nullable String requiredCurrency) {

  /** Creates a rejection for another reason than the currency. */
  public Rejection(@Nullable Code code, @Nullable RuleId rule, SkipReason reason) {
    this(code, rule, reason, null);
  }
}
