package kassa.domain.money;

import java.math.BigInteger;
import java.util.Arrays;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Allocates an amount over parts that sum to it exactly, with the largest-remainder method. Ties go
 * to the earlier part.
 */
public final class Allocation {

  private Allocation() {}

  /**
   * Allocates an amount by weights. A weight of zero gets nothing; if all weights are zero, the
   * parts are equal.
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
   * Allocates an amount by weights, with a maximum for each part. The excess of a part is
   * redistributed to the other parts by their weights; an excess of all parts is not allocated.
   *
   * @param amount zero or more, in minor units
   * @param weights each zero or more; their sum must fit a {@code long}
   * @param max the maximum of each part, zero or more
   * @return the parts; their sum is at most the amount, and a part of weight zero gets nothing
   */
  public static long[] allocateWithin(long amount, long[] weights, long[] max) {
    long total = sum(weights);
    if (amount <= 0 || total == 0) {
      return new long[weights.length];
    }
    long[] parts = allocate(amount, weights, total);
    return areWithinMax(parts, max) ? parts : redistribute(amount, weights, max, parts);
  }

  /** Caps the parts above their maximum and allocates the rest, until no part is above it. */
  private static long[] redistribute(long amount, long[] weights, long[] max, long[] first) {
    long[] parts = new long[weights.length];
    long[] openWeights = weights.clone();
    long[] shares = first;
    long left = amount;
    while (!areWithinMax(shares, max)) {
      for (int i = 0; i < shares.length; i++) {
        if (shares[i] > max[i]) {
          parts[i] = max[i];
          left -= max[i];
          openWeights[i] = 0;
        }
      }
      long total = sum(openWeights);
      if (total == 0) {
        return parts;
      }
      shares = allocate(left, openWeights, total);
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
      incrementLargestRemainders(left, parts, remainders);
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

  /** Adds one to each part with one of the largest remainders; ties go to the earlier part. */
  private static void incrementLargestRemainders(long left, long[] parts, long[] remainders) {
    long[] sorted = remainders.clone();
    Arrays.sort(sorted);
    long threshold = sorted[sorted.length - (int) left];
    long countAtThreshold = left;
    for (long remainder : remainders) {
      countAtThreshold -= remainder > threshold ? 1 : 0;
    }
    for (int i = 0; i < parts.length; i++) {
      if (remainders[i] > threshold) {
        parts[i]++;
      } else if (remainders[i] == threshold && countAtThreshold > 0) {
        parts[i]++;
        countAtThreshold--;
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
      throw new InvalidValueException(Reason.EMPTY, "weights must not be empty");
    }
    if (amount < 0 || Arrays.stream(weights).anyMatch(weight -> weight < 0)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "amount and weights must not be negative");
    }
  }
}
