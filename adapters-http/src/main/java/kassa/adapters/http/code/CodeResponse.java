package kassa.adapters.http.code;

import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/**
 * Code in a list.
 *
 * @param code the code in its display form
 * @param ruleId the rule that the code applies
 * @param limits usage limit of the code; {@code null} if the limit of the rule counts
 * @param createdAt time of issue
 */
public record CodeResponse(
    String code, String ruleId, @Nullable CodeLimitsResponse limits, String createdAt) {

  /** Converts a code to its response. */
  public static CodeResponse of(StoredCode code) {
    return new CodeResponse(
        code.code().value(),
        code.rule().toString(),
        CodeLimitsResponse.of(code.limit()),
        code.createdAt().toString());
  }
}
