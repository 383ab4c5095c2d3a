package kassa.domain.pricing;

/**
 * Counts of the usage limits of a rule. All values are zero or more.
 *
 * @param redeemed the number of orders that used the rule
 * @param redeemedWithCode the number of orders that used it with the code of its definition
 * @param redeemedByCustomer the number of orders of this customer that used it
 * @param redeemedByCancelledOrders the number of these orders that are cancelled and not released
 *     yet
 * @param budgetUsed the used budget, in minor units of the cart's currency or in uses
 */
public record LimitCounts(
    long redeemed,
    long redeemedWithCode,
    long redeemedByCustomer,
    long redeemedByCancelledOrders,
    long budgetUsed) {

  /** The counts of an unused rule. */
  public static final LimitCounts NONE = new LimitCounts(0, 0, 0, 0, 0);
}
