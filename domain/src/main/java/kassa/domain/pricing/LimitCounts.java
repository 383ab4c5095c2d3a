package kassa.domain.pricing;

/**
 * How far the limits of a rule are used up. All zero or more.
 *
 * @param redeemed orders that used the rule
 * @param redeemedWithCode orders that used it with the code that the rule itself names
 * @param redeemedByCustomer orders of this customer that used it
 * @param redeemedByCancelledOrders those among all of these that were cancelled and not yet given
 *     back
 * @param budgetUsed what its budget has spent: in minor units of the cart's currency, or in uses
 */
public record LimitCounts(
    long redeemed,
    long redeemedWithCode,
    long redeemedByCustomer,
    long redeemedByCancelledOrders,
    long budgetUsed) {

  /** Not used at all. */
  public static final LimitCounts NONE = new LimitCounts(0, 0, 0, 0, 0);
}
