package kassa.adapters.http.code;

import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/**
 * A code as a list has it.
 *
 * @param code the code, as it is shown
 * @param ruleId the rule that it brings
 * @param limits how often it may be used; as the rule has it if {@code null}
 * @param createdAt since when there is it
 */
public record CodeResponse(
    String code, String ruleId, @Nullable CodeLimitsResponse limits, String createdAt) {

  /** Writes down a code. */
  public static CodeResponse of(StoredCode code) {
    return new CodeResponse(
        code.code().value(),
        code.rule().toString(),
        CodeLimitsResponse.of(code.limit()),
        code.createdAt().toString());
  }
}
