package kassa.adapters.http.code;

import kassa.application.port.in.rule.ManageCodes;
import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/**
 * Code with its current usage.
 *
 * @param code the code in its display form
 * @param ruleId the rule that the code applies
 * @param limits usage limit of the code; {@code null} if the limit of the rule counts
 * @param redeemed number of orders that use the code
 * @param createdAt time of issue
 */
public record CodeStateResponse(
    String code,
    String ruleId,
    @Nullable CodeLimitsResponse limits,
    long redeemed,
    String createdAt) {

  /** Converts a code with its usage to its response. */
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
