package kassa.adapters.http.pricing;

import kassa.adapters.http.json.EnumNames;
import kassa.domain.pricing.Rejection;

/** Code that does not apply, or rule stopped by a limit. */
public sealed interface RejectionResponse {

  /**
   * Code that does not apply.
   *
   * @param code the code as it was sent
   * @param reason the reason
   */
  record RejectedCode(String code, String reason) implements RejectionResponse {}

  /**
   * Rule without a code that is stopped by a limit.
   *
   * @param ruleId the rule
   * @param reason the limit
   */
  record LimitedRule(String ruleId, String reason) implements RejectionResponse {}

  /** Converts a rejection to its response. */
  static RejectionResponse of(Rejection rejection) {
    String reason = EnumNames.of(rejection.reason());
    return rejection.code() != null
        ? new RejectedCode(rejection.code().value(), reason)
        : new LimitedRule(String.valueOf(rejection.rule()), reason);
  }
}
