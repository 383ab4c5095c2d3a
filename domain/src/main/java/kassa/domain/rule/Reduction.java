package kassa.domain.rule;

import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;

/** How a price becomes lower. */
public sealed interface Reduction {

  /**
   * By a share of it.
   *
   * @param percent the share
   */
  record PercentOff(Percentage percent) implements Reduction {}

  /**
   * By an amount.
   *
   * @param amount the amount, for each unit where units are reduced
   */
  record AmountOff(Amount amount) implements Reduction {}

  /**
   * To another price, where that is lower.
   *
   * @param unitPrice the other price of one unit
   */
  record FixedPrice(Amount unitPrice) implements Reduction {}
}
