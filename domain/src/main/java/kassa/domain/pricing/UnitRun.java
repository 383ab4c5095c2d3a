package kassa.domain.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Run of consecutive units of a line with the same price. Amounts are split equally over the units;
 * the remainder goes to the first units.
 *
 * @param thousandths the quantity of the run times 1,000: whole units, or the fractional unit at
 *     the end of a line that is sold by weight
 * @param gross the price of the units before discounts, in minor units
 * @param discount the discount on the units, in minor units; at most {@code gross}
 */
public record UnitRun(long thousandths, long gross, long discount) {

  private static final long UNIT = 1_000;

  /**
   * Validates the quantity and the amounts.
   *
   * @throws InvalidValueException if there is no unit, or if the amounts are out of range
   */
  public UnitRun {
    if (thousandths < 1
        || (thousandths > UNIT && thousandths % UNIT != 0)
        || gross < 0
        || discount < 0
        || discount > gross) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE,
          "a unit run must have units and a discount from zero to the gross amount");
    }
  }

  /** Returns the runs of a line with uniform units: the whole units, then a fractional unit. */
  public static List<UnitRun> uniform(long thousandths, long gross, long discount) {
    long part = thousandths % UNIT;
    if (part == 0 || thousandths < UNIT) {
      return List.of(new UnitRun(thousandths, gross, discount));
    }
    long partGross = proportionalShare(gross, part, thousandths);
    long partDiscount = Math.min(proportionalShare(discount, part, thousandths), partGross);
    return List.of(
        new UnitRun(thousandths - part, gross - partGross, discount - partDiscount),
        new UnitRun(part, partGross, partDiscount));
  }

  /** Returns the number of units; a fractional unit counts as one. */
  public long units() {
    return Math.max(1, thousandths / UNIT);
  }

  /** Returns the discount on the first units, in minor units. */
  public long discountOfFirst(long count) {
    return shareOfFirst(discount, units(), count);
  }

  /** Returns the price of the first units before discounts, in minor units. */
  public long grossOfFirst(long count) {
    return shareOfFirst(gross, units(), count);
  }

  /**
   * Returns the discounted price of the first part of the run, in minor units: the price of its
   * units, and of a part of a unit the proportional price, rounded down.
   *
   * @param part the part of the quantity times 1,000, from zero to {@link #thousandths}
   */
  public long priceOfFirst(long part) {
    long unit = Math.min(UNIT, thousandths);
    long count = part / unit;
    long price = priceOfFirstUnits(count);
    long rest = part % unit;
    return rest == 0
        ? price
        : price + proportionalShare(priceOfFirstUnits(count + 1) - price, rest, unit);
  }

  private long priceOfFirstUnits(long count) {
    return grossOfFirst(count) - discountOfFirst(count);
  }

  /** Returns the share of the first units of an amount that is split equally over all units. */
  public static long shareOfFirst(long amount, long units, long count) {
    return amount / units * count + Math.min(count, amount % units);
  }

  /** Returns {@code amount x part / whole}, rounded down. */
  static long proportionalShare(long amount, long part, long whole) {
    if (Math.multiplyHigh(amount, part) == 0 && amount * part >= 0) {
      return amount * part / whole;
    }
    return java.math.BigInteger.valueOf(amount)
        .multiply(java.math.BigInteger.valueOf(part))
        .divide(java.math.BigInteger.valueOf(whole))
        .longValueExact();
  }
}
