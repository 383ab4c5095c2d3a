package kassa.domain.rule;

import kassa.domain.money.Amount;

/** Budget for all uses of a rule together. */
public sealed interface Budget {

  /**
   * Budget of discounts, per currency. A rule does not apply to an order that would exceed it.
   *
   * @param limit the maximum total of the discounts
   */
  record Spend(Amount limit) implements Budget {}

  /**
   * Budget of uses.
   *
   * @param limit the maximum number of uses, 0 to 10<sup>12</sup>
   */
  record Usage(long limit) implements Budget {}
}
