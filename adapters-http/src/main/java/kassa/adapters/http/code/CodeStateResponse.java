package kassa.adapters.http.code;

import kassa.application.port.in.rule.ManageCodes;
import kassa.domain.rule.StoredCode;
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
    String code,
    String ruleId,
    @Nullable CodeLimitsResponse limits,
    long redeemed,
    String createdAt) {

  /** Writes down what is known of a code. */
  public static CodeStateResponse of(ManageCodes.CodeState state) {
    StoredCode stored = state.code();
    return new CodeStateResponse(
        stored.code().value(),
        stored.rule().toString(),
        CodeLimitsResponse.of(stored.limit()),
        state.redemptionCount(),
        stored.createdAt().toString());
  }
}
