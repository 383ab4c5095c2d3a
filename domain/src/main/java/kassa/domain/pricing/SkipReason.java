package kassa.domain.pricing;

/** Why a rule does not apply, or why a code brings nothing. */
public enum SkipReason {
  /** No rule that is in force has this code. */
  UNKNOWN_CODE,
  /** The rule applies only with a code, and none was entered for it. */
  CODE_NOT_GIVEN,
  /** The rule, or the code, has been used as often as it may be. */
  USAGE_LIMIT_REACHED,
  /** This customer has used the rule as often as they may. */
  PER_CUSTOMER_LIMIT_REACHED,
  /** The rule's budget is used up, or would be exceeded. */
  BUDGET_EXCEEDED,
  /** The rule's time has not come. */
  NOT_STARTED,
  /** The rule's time is over. */
  EXPIRED,
  /** One of the rule's conditions does not hold. */
  CONDITIONS_NOT_MET,
  /** An exclusive rule applies instead. */
  EXCLUDED,
  /** Another rule, or a combination of others, saves the customer more. */
  NOT_BEST_OFFER,
  /** There is nothing that the rule could take off. */
  NO_EFFECT,
  /** The rule applies already, with another code. */
  CODE_NOT_NEEDED
}
