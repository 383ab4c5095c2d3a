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
   * Code of a rule for another currency.
   *
   * @param code the code as it was sent
   * @param reason the reason
   * @param currency the only currency of the rule
   */
  record CodeOfCurrency(String code, String reason, String currency) implements RejectionResponse {}

  /**
   * Rule without a code that is stopped by a limit.
   *
   * @param ruleId the rule
   * @param reason the limit
   */
  record LimitedRule(String ruleId, String reason) implements RejectionResponse {}

  /** Converts a rejection of a quote to its response, which names a required currency. */
  static RejectionResponse ofQuote(Rejection rejection) {
    return rejection.code() != null && rejection.requiredCurrency() != null
        ? new CodeOfCurrency(
            rejection.code().value(),
            EnumNames.of(rejection.reason()),
            rejection.requiredCurrency())
        : of(rejection);
  }

  /** Converts a rejection of an order to its response: what is stored. */
  static RejectionResponse of(Rejection rejection) {
    String reason = EnumNames.of(rejection.reason());
    return rejection.code() != null
        ? new RejectedCode(rejection.code().value(), reason)
        : new LimitedRule(String.valueOf(rejection.rule()), reason);
  }
}
