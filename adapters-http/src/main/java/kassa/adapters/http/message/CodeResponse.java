package kassa.adapters.http.message;

import kassa.domain.rule.KeptCode;
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
    String code, String ruleId, @Nullable CodeLimits limits, String createdAt) {

  /** Writes down a code. */
  public static CodeResponse of(KeptCode code) {
    return new CodeResponse(
        code.code().value(),
        code.rule().toString(),
        CodeLimits.of(code.limit()),
        code.createdAt().toString());
  }
}
