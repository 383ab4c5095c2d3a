package kassa.domain.rule;

import kassa.domain.money.Amount;

/** What all uses of a rule together may take. */
public sealed interface Budget {

  /**
   * An amount, in each currency. An order that would exceed it does not get the rule at all.
   *
   * @param limit the amount
   */
  record Spend(Amount limit) implements Budget {}

  /**
   * A number of uses.
   *
   * @param limit 0 to 10<sup>12</sup>
   */
  record Usage(long limit) implements Budget {}
}
