package kassa.domain.pricing.engine;

import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.Tax;
import kassa.domain.pricing.UnitRun;
import kassa.domain.rule.Policy.TaxRoundAt;

/** Calculates the tax of lines and shipping on the price after discounts, rounded half-up. */
final class TaxCalculation {

  private TaxCalculation() {}

  /**
   * Applies the tax rate of a line.
   *
   * @param noTax the tax of a line without a rate, included in the prices or not
   */
  static PricedLine applyTax(
      CartLine line,
      Money subtotal,
      List<Discount> discounts,
      List<UnitRun> units,
      Tax noTax,
      TaxRoundAt roundAt) {
    Percentage rate = line.taxRate();
    if (rate == null) {
      return new PricedLine(line, subtotal, discounts, noTax, units);
    }
    boolean included = noTax.isIncluded();
    long discount = Discount.sum(discounts, subtotal.currency()).minorUnits();
    long tax = 0;
    if (roundAt == TaxRoundAt.LINE) {
      tax = taxOn(subtotal.minorUnits() - discount, rate, included);
    } else {
      List<UnitRun> runs =
          units.isEmpty()
              ? UnitRun.uniform(line.quantity().thousandths(), subtotal.minorUnits(), discount)
              : units;
      for (UnitRun run : runs) {
        tax += taxPerUnit(run, rate, included);
      }
    }
    Tax amount = new Tax(new Money(tax, subtotal.currency()), included);
    return new PricedLine(line, subtotal, discounts, amount, units);
  }

  /** Applies the tax rate of shipping, which has no units. */
  static PricedShipping applyTax(Shipping shipping, List<Discount> discounts, boolean included) {
    Money amount = shipping.amount();
    Percentage rate = shipping.taxRate();
    long taxable = amount.minus(Discount.sum(discounts, amount.currency())).minorUnits();
    long tax = rate == null ? 0 : taxOn(taxable, rate, included);
    return new PricedShipping(
        shipping, discounts, new Tax(new Money(tax, amount.currency()), included));
  }

  /** Returns the tax on an amount, or the tax included in it. */
  private static long taxOn(long net, Percentage rate, boolean included) {
    return included ? rate.containedIn(net) : rate.of(net);
  }

  /** Splits a run at the remainders of its two amounts into at most three runs of equal units. */
  private static long taxPerUnit(UnitRun run, Percentage rate, boolean included) {
    long grossExtra = run.gross() % run.units();
    long discountExtra = run.discount() % run.units();
    long first = Math.min(grossExtra, discountExtra);
    long second = Math.max(grossExtra, discountExtra);
    return taxOnEqualUnits(run, 0, first, rate, included)
        + taxOnEqualUnits(run, first, second, rate, included)
        + taxOnEqualUnits(run, second, run.units(), rate, included);
  }

  private static long taxOnEqualUnits(
      UnitRun run, long from, long to, Percentage rate, boolean included) {
    if (from == to) {
      return 0;
    }
    long gross = run.grossOfFirst(from + 1) - run.grossOfFirst(from);
    long discount = run.discountOfFirst(from + 1) - run.discountOfFirst(from);
    return (to - from) * taxOn(gross - discount, rate, included);
  }
}
