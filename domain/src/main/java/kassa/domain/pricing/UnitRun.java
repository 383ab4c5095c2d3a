package kassa.domain.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Neighbouring units of a line that are priced alike. Whatever they share is split over them
 * equally, the first ones getting what is left over.
 *
 * @param thousandths how much of the line's quantity it is, times 1,000: whole units, or the one
 *     part of a unit that a line sold by weight ends with
 * @param gross what the units cost before discounts, in minor units
 * @param discount what came off them, in minor units; at most the gross
 */
public record UnitRun(long thousandths, long gross, long discount) {

  private static final long UNIT = 1_000;

  /**
   * @throws InvalidValueException if there is no unit, or if the amounts are out of range
   */
  public UnitRun {
    if (thousandths < 1
        || (thousandths > UNIT && thousandths % UNIT != 0)
        || gross < 0
        || discount < 0
        || discount > gross) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "no units are priced like that");
    }
  }

  /** The runs of a line whose units are all alike: its whole units, and what is left of one. */
  public static List<UnitRun> uniform(long thousandths, long gross, long discount) {
    long part = thousandths % UNIT;
    if (part == 0 || thousandths < UNIT) {
      return List.of(new UnitRun(thousandths, gross, discount));
    }
    long grossOfPart = proportionalShare(gross, part, thousandths);
    long discountOfPart = Math.min(proportionalShare(discount, part, thousandths), grossOfPart);
    return List.of(
        new UnitRun(thousandths - part, gross - grossOfPart, discount - discountOfPart),
        new UnitRun(part, grossOfPart, discountOfPart));
  }

  /** The units: a part of one counts as one. */
  public long units() {
    return Math.max(1, thousandths / UNIT);
  }

  /** What comes off the first units together, in minor units. */
  public long discountOfFirst(long count) {
    return shareOfFirst(discount, units(), count);
  }

  /** What the first units cost before discounts together, in minor units. */
  public long grossOfFirst(long count) {
    return shareOfFirst(gross, units(), count);
  }

  /** What the first of some units get of an amount that is split over all of them. */
  public static long shareOfFirst(long amount, long units, long count) {
    return amount / units * count + Math.min(count, amount % units);
  }

  /** {@code amount x part / whole}, rounded down. */
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
