package kassa.adapters.http.pricing;

import kassa.adapters.http.json.EnumNames;
import kassa.domain.pricing.Rejection;

/** A code that brings nothing, or a rule that a limit stopped. */
public sealed interface RejectionResponse {

  /**
   * A code.
   *
   * @param code the code as it was sent
   * @param reason why
   */
  record RejectedCode(String code, String reason) implements RejectionResponse {}

  /**
   * A rule that needs no code.
   *
   * @param ruleId the rule
   * @param reason which limit it was
   */
  record LimitedRule(String ruleId, String reason) implements RejectionResponse {}

  /** Writes a rejection down. */
  static RejectionResponse of(Rejection rejection) {
    String reason = EnumNames.of(rejection.reason());
    return rejection.code() != null
        ? new RejectedCode(rejection.code().value(), reason)
        : new LimitedRule(String.valueOf(rejection.rule()), reason);
  }
}
