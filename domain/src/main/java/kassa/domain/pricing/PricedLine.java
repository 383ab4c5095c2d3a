package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * Priced line with its discounts and tax.
 *
 * @param line the line of the cart
 * @param subtotal the price before discounts
 * @param discounts the discounts in the order of application, in total at most the subtotal
 * @param tax the tax on the price after discounts
 * @param units the runs of units with the same price, in order; empty if all units have the same
 *     price
 */
public record PricedLine(
    CartLine line, Money subtotal, List<Discount> discounts, Tax tax, List<UnitRun> units) {

  /**
   * Validates the amounts and the units.
   *
   * @throws InvalidValueException if the discounts exceed the subtotal, or if the units do not sum
   *     to the line
   * @throws IllegalArgumentException if an amount is in another currency than the unit price
   */
  public PricedLine {
    discounts = List.copyOf(discounts);
    units = List.copyOf(units);
    if (!subtotal.currency().equals(line.unitPrice().currency())) {
      throw new IllegalArgumentException("subtotal must be in the currency of the unit price");
    }
    Money discountTotal = Discount.sum(discounts, subtotal.currency());
    if (subtotal.minus(discountTotal).isNegative()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "discounts must be at most the subtotal");
    }
    if (!units.isEmpty()) {
      validateUnits(units, line, subtotal, discountTotal);
    }
  }

  /** Creates a line without tax whose units all have the same price. */
  public PricedLine(CartLine line, Money subtotal, List<Discount> discounts) {
    this(line, subtotal, discounts, new Tax(Money.zero(subtotal.currency()), false), List.of());
  }

  /** Returns the total of the discounts. */
  public Money discountTotal() {
    return Discount.sum(discounts, subtotal.currency());
  }

  /** Returns the tax of the line, included in its price or not. */
  public Money taxTotal() {
    return tax.amount();
  }

  /** Returns the price after discounts, with tax. */
  public Money total() {
    Money net = subtotal.minus(discountTotal());
    return tax.isIncluded() ? net : net.plus(tax.amount());
  }

  /** Returns the runs of units with the same price, in order. */
  public List<UnitRun> unitRuns() {
    return units.isEmpty()
        ? UnitRun.uniform(
            line.quantity().thousandths(), subtotal.minorUnits(), discountTotal().minorUnits())
        : units;
  }

  /** Returns the number of units; a fractional unit counts as one. */
  public long unitCount() {
    return (line.quantity().thousandths() + 999) / 1_000;
  }

  /**
   * Returns the discount of each unit, in order; they sum to the discount of the line.
   *
   * @param maxUnits the maximum number of units
   * @throws InvalidValueException if the line has more units
   */
  public List<Money> unitDiscounts(int maxUnits) {
    if (unitCount() > maxUnits) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "unit discounts must be of at most " + maxUnits + " units");
    }
    List<Money> unitDiscounts = new ArrayList<>((int) unitCount());
    for (UnitRun run : unitRuns()) {
      for (long unit = 0; unit < run.units(); unit++) {
        long amount = run.discountOfFirst(unit + 1) - run.discountOfFirst(unit);
        unitDiscounts.add(new Money(amount, subtotal.currency()));
      }
    }
    return unitDiscounts;
  }

  /**
   * Returns the price of the first part of the line, with tax.
   *
   * @param thousandths the part of the quantity times 1,000, from zero to the whole quantity
   */
  public Money paidForFirst(long thousandths) {
    long net = priceOfFirst(thousandths);
    return new Money(tax.isIncluded() ? net : net + taxOn(net), subtotal.currency());
  }

  /**
   * Returns the tax in {@link #paidForFirst}, rounded down.
   *
   * @param thousandths the part of the quantity times 1,000, from zero to the whole quantity
   */
  public Money taxOfFirst(long thousandths) {
    return new Money(taxOn(priceOfFirst(thousandths)), subtotal.currency());
  }

  /** Returns the discounted price of the first part; it includes tax if the prices do. */
  private long priceOfFirst(long thousandths) {
    long net = 0;
    long left = thousandths;
    for (UnitRun run : unitRuns()) {
      long taken = Math.min(left, run.thousandths());
      net += run.priceOfFirst(taken);
      left -= taken;
    }
    return net;
  }

  /** Returns the share of the tax of a part of the discounted price. */
  private long taxOn(long part) {
    long whole = subtotal.minus(discountTotal()).minorUnits();
    return whole == 0 ? 0 : UnitRun.proportionalShare(tax.amount().minorUnits(), part, whole);
  }

  private static void validateUnits(
      List<UnitRun> units, CartLine line, Money subtotal, Money discountTotal) {
    long thousandths = 0;
    long gross = 0;
    long discount = 0;
    for (UnitRun run : units) {
      thousandths = Math.addExact(thousandths, run.thousandths());
      gross = Math.addExact(gross, run.gross());
      discount = Math.addExact(discount, run.discount());
    }
    if (thousandths != line.quantity().thousandths()
        || gross != subtotal.minorUnits()
        || discount != discountTotal.minorUnits()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "units must sum to the line");
    }
  }
}
