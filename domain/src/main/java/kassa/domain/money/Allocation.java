package kassa.domain.money;

import java.math.BigInteger;
import java.util.Arrays;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Splits an amount into parts that sum to it exactly: by largest remainder, ties to the earlier
 * part. A weight of zero gets nothing; if all weights are zero, the split is equal.
 */
public final class Allocation {

  private Allocation() {}

  /**
   * Splits an amount by weights.
   *
   * @param amount zero or more, in minor units
   * @param weights at least one, each zero or more; their sum must fit a {@code long}
   * @throws InvalidValueException if the amount or a weight is negative, or if there is no weight
   * @throws ArithmeticException if the sum of the weights does not fit a {@code long}
   */
  public static long[] allocate(long amount, long[] weights) {
    validate(amount, weights);
    long total = sum(weights);
    if (total > 0) {
      return allocate(amount, weights, total);
    }
    long[] equal = new long[weights.length];
    Arrays.fill(equal, 1);
    return allocate(amount, equal, equal.length);
  }

  /**
   * Splits as much of an amount by weights as the parts can take. What one part cannot take goes to
   * the others, by their weights; what none can take is left over.
   *
   * @param amount zero or more, in minor units
   * @param weights each zero or more; their sum must fit a {@code long}
   * @param max what each part can take, zero or more
   * @return the parts, whose sum is at most the amount; a part of weight zero gets nothing
   */
  public static long[] allocateWithin(long amount, long[] weights, long[] max) {
    long total = sum(weights);
    if (amount <= 0 || total == 0) {
      return new long[weights.length];
    }
    long[] parts = allocate(amount, weights, total);
    return areWithinMax(parts, max) ? parts : redistribute(amount, weights, max, parts);
  }

  /**
   * Fills the parts that would get more than they can take, and splits what is left, until none is.
   */
  private static long[] redistribute(long amount, long[] weights, long[] max, long[] first) {
    long[] parts = new long[weights.length];
    long[] open = weights.clone();
    long[] shares = first;
    long left = amount;
    while (!areWithinMax(shares, max)) {
      for (int i = 0; i < shares.length; i++) {
        if (shares[i] > max[i]) {
          parts[i] = max[i];
          left -= max[i];
          open[i] = 0;
        }
      }
      long total = sum(open);
      if (total == 0) {
        return parts;
      }
      shares = allocate(left, open, total);
    }
    for (int i = 0; i < shares.length; i++) {
      parts[i] += shares[i];
    }
    return parts;
  }

  private static boolean areWithinMax(long[] parts, long[] max) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] > max[i]) {
        return false;
      }
    }
    return true;
  }

  private static long[] allocate(long amount, long[] weights, long total) {
    long[] parts = new long[weights.length];
    long[] remainders = new long[weights.length];
    long left = amount;
    for (int i = 0; i < weights.length; i++) {
      split(amount, weights[i], total, i, parts, remainders);
      left -= parts[i];
    }
    if (left > 0) {
      giveToLargestRemainders(left, parts, remainders);
    }
    return parts;
  }

  private static void split(
      long amount, long weight, long total, int i, long[] parts, long[] remainders) {
    long product = amount * weight;
    if (Math.multiplyHigh(amount, weight) == 0 && product >= 0) {
      parts[i] = product / total;
      remainders[i] = product % total;
    } else {
      BigInteger[] wide =
          BigInteger.valueOf(amount)
              .multiply(BigInteger.valueOf(weight))
              .divideAndRemainder(BigInteger.valueOf(total));
      parts[i] = wide[0].longValueExact();
      remainders[i] = wide[1].longValueExact();
    }
  }

  /** Gives one each to so many of the largest remainders, of equal ones to the earlier. */
  private static void giveToLargestRemainders(long left, long[] parts, long[] remainders) {
    long[] sorted = remainders.clone();
    Arrays.sort(sorted);
    long last = sorted[sorted.length - (int) left];
    long atLast = left;
    for (long remainder : remainders) {
      atLast -= remainder > last ? 1 : 0;
    }
    for (int i = 0; i < parts.length; i++) {
      if (remainders[i] > last) {
        parts[i]++;
      } else if (remainders[i] == last && atLast > 0) {
        parts[i]++;
        atLast--;
      }
    }
  }

  private static long sum(long[] weights) {
    long sum = 0;
    for (long weight : weights) {
      sum = Math.addExact(sum, weight);
    }
    return sum;
  }

  private static void validate(long amount, long[] weights) {
    if (weights.length == 0) {
      throw new InvalidValueException(Reason.EMPTY, "there must be at least one weight");
    }
    if (amount < 0 || Arrays.stream(weights).anyMatch(weight -> weight < 0)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "the amount and the weights must not be negative");
    }
  }
}
