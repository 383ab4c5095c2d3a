package kassa.adapters.http.message;

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
  record StoppedRule(String ruleId, String reason) implements RejectionResponse {}

  /** Writes a rejection down. */
  static RejectionResponse of(Rejection rejection) {
    String reason = Words.of(rejection.reason());
    return rejection.code() != null
        ? new RejectedCode(rejection.code().value(), reason)
        : new StoppedRule(String.valueOf(rejection.rule()), reason);
  }
}
