package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;

/**
 * A line, what came off it, and its tax.
 *
 * @param line what is bought
 * @param subtotal what it costs before discounts
 * @param discounts what came off, in the order in which it did; together at most the subtotal
 * @param tax the tax on what is left
 * @param units how subtotal and discounts fall on the units, in their order; empty if all units are
 *     alike
 */
public record PricedLine(
    CartLine line, Money subtotal, List<Discount> discounts, Tax tax, List<UnitRun> units) {

  /**
   * @throws InvalidValueException if the line would cost less than nothing, or if the units are not
   *     those of the line
   * @throws IllegalArgumentException if the amounts are not in the currency of the price
   */
  public PricedLine {
    discounts = List.copyOf(discounts);
    units = List.copyOf(units);
    if (!subtotal.currency().equals(line.unitPrice().currency())) {
      throw new IllegalArgumentException("a line must cost what its price is counted in");
    }
    Money off = Discount.sum(discounts, subtotal.currency());
    if (subtotal.minus(off).isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a line must not cost less than zero");
    }
    if (!units.isEmpty()) {
      validateUnits(units, line, subtotal, off);
    }
  }

  /** A line without tax whose units are all alike. */
  public PricedLine(CartLine line, Money subtotal, List<Discount> discounts) {
    this(line, subtotal, discounts, new Tax(Money.zero(subtotal.currency()), false), List.of());
  }

  /** All that came off the line. */
  public Money discountTotal() {
    return Discount.sum(discounts, subtotal.currency());
  }

  /** The tax on the line, contained in its price or not. */
  public Money taxTotal() {
    return tax.amount();
  }

  /** What the line costs in the end. */
  public Money total() {
    Money net = subtotal.minus(discountTotal());
    return tax.isIncluded() ? net : net.plus(tax.amount());
  }

  /** How subtotal and discounts fall on the units, in their order. */
  public List<UnitRun> unitRuns() {
    return units.isEmpty()
        ? UnitRun.uniform(
            line.quantity().thousandths(), subtotal.minorUnits(), discountTotal().minorUnits())
        : units;
  }

  /** The units of the line: a part of one counts as one. */
  public long unitCount() {
    return (line.quantity().thousandths() + 999) / 1_000;
  }

  /**
   * What came off each unit, in their order; together what came off the line.
   *
   * @throws InvalidValueException if the line has more units than that
   */
  public List<Money> unitDiscounts(int maxUnits) {
    if (unitCount() > maxUnits) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "discounts are told of at most " + maxUnits + " units");
    }
    List<Money> each = new ArrayList<>((int) unitCount());
    for (UnitRun run : unitRuns()) {
      for (long unit = 0; unit < run.units(); unit++) {
        long amount = run.discountOfFirst(unit + 1) - run.discountOfFirst(unit);
        each.add(new Money(amount, subtotal.currency()));
      }
    }
    return each;
  }

  /**
   * What is paid for the first units of the line, tax included.
   *
   * @param count from zero to {@link #unitCount}
   */
  public Money paidForFirst(long count) {
    long net = 0;
    long left = count;
    for (UnitRun run : unitRuns()) {
      long taken = Math.min(left, run.units());
      net += run.grossOfFirst(taken) - run.discountOfFirst(taken);
      left -= taken;
    }
    if (tax.isIncluded()) {
      return new Money(net, subtotal.currency());
    }
    long netOfAll = subtotal.minus(discountTotal()).minorUnits();
    long taxOfThem =
        netOfAll == 0 ? 0 : UnitRun.proportionalShare(tax.amount().minorUnits(), net, netOfAll);
    return new Money(net + taxOfThem, subtotal.currency());
  }

  private static void validateUnits(List<UnitRun> units, CartLine line, Money subtotal, Money off) {
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
        || discount != off.minorUnits()) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "the units must be those of the line, and sum to it");
    }
  }
}
