package kassa.domain.rule;

import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;

/** Reduction of a price. */
public sealed interface Reduction {

  /**
   * A percentage off.
   *
   * @param percent the percentage
   */
  record PercentOff(Percentage percent) implements Reduction {}

  /**
   * An amount off.
   *
   * @param amount the amount, per unit if units are reduced
   */
  record AmountOff(Amount amount) implements Reduction {}

  /**
   * A fixed price, if it is lower.
   *
   * @param unitPrice the fixed price of one unit
   */
  record FixedPrice(Amount unitPrice) implements Reduction {}
}
