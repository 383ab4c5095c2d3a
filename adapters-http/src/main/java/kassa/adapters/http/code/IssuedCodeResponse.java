package kassa.adapters.http.code;

import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * A code that was issued.
 *
 * @param code the code, as it is shown
 * @param ruleId the rule that it brings
 * @param limits how often it may be used; as the rule has it if {@code null}
 */
public record IssuedCodeResponse(String code, String ruleId, @Nullable CodeLimitsResponse limits) {

  /** Writes down a code. */
  public static IssuedCodeResponse of(Code code, RuleId rule, @Nullable Long limit) {
    return new IssuedCodeResponse(code.value(), rule.toString(), CodeLimitsResponse.of(limit));
  }
}
