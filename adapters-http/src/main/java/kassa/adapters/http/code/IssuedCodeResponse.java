package kassa.adapters.http.code;

import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Issued code.
 *
 * @param code the code in its display form
 * @param ruleId the rule that the code applies
 * @param limits usage limit of the code; {@code null} if the limit of the rule counts
 */
public record IssuedCodeResponse(String code, String ruleId, @Nullable CodeLimitsResponse limits) {

  /** Converts a code to its response. */
  public static IssuedCodeResponse of(Code code, RuleId rule, @Nullable Long limit) {
    return new IssuedCodeResponse(code.value(), rule.toString(), CodeLimitsResponse.of(limit));
  }
}
