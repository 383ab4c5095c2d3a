package kassa.domain.pricing;

/** Reason why a rule or a code does not apply. */
public enum SkipReason {
  /** No active rule has this code. */
  UNKNOWN_CODE,
  /** The rule needs a code, and none of its codes was entered. */
  CODE_NOT_GIVEN,
  /** The usage limit of the rule or of the code is reached. */
  USAGE_LIMIT_REACHED,
  /** The usage limit per customer is reached. */
  PER_CUSTOMER_LIMIT_REACHED,
  /** The budget of the rule is used up or would be exceeded. */
  BUDGET_EXCEEDED,
  /** The validity window has not started. */
  NOT_STARTED,
  /** The validity window has ended. */
  EXPIRED,
  /** A condition of the rule does not hold. */
  CONDITIONS_NOT_MET,
  /** An exclusive rule applies instead. */
  EXCLUDED,
  /** Another rule or combination of rules gives a larger discount. */
  NOT_BEST_OFFER,
  /** The rule would give no discount. */
  NO_EFFECT,
  /** The rule already applies with another code. */
  CODE_NOT_NEEDED,
  /** The order was placed in the past: its prices are those that were paid, and no code applies. */
  PLACED_IN_PAST
}
