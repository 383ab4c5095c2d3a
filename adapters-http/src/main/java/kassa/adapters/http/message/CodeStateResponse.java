package kassa.adapters.http.message;

import kassa.application.port.in.IssueCodes;
import kassa.domain.rule.KeptCode;
import org.jspecify.annotations.Nullable;

/**
 * A code, and how far it is used up.
 *
 * @param code the code, as it is shown
 * @param ruleId the rule that it brings
 * @param limits how often it may be used; as the rule has it if {@code null}
 * @param redeemed the orders that use it
 * @param createdAt since when there is it
 */
public record CodeStateResponse(
    String code, String ruleId, @Nullable CodeLimits limits, long redeemed, String createdAt) {

  /** Writes down what is known of a code. */
  public static CodeStateResponse of(IssueCodes.CodeState state) {
    KeptCode kept = state.code();
    return new CodeStateResponse(
        kept.code().value(),
        kept.rule().toString(),
        CodeLimits.of(kept.limit()),
        state.redeemed(),
        kept.createdAt().toString());
  }
}
