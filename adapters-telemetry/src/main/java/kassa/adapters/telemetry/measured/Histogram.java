package kassa.adapters.telemetry.measured;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** Histogram with fixed buckets of whole numbers. Thread-safe; a record takes some nanoseconds. */
public final class Histogram {

  /** Buckets of requests in nanoseconds: fine around the goal of 12 ms for an order. */
  private static final long[] REQUEST_NANOS =
      nanos(
          1_000,
          2_500,
          5_000,
          7_500,
          10_000,
          12_500,
          15_000,
          25_000,
          50_000,
          100_000,
          250_000,
          500_000,
          1_000_000,
          2_500_000,
          5_000_000,
          10_000_000);

  /** Buckets of steps in nanoseconds: those of requests, and smaller ones. */
  private static final long[] STEP_NANOS =
      LongStream.concat(
              LongStream.of(nanos(10, 25, 50, 100, 250, 500)), LongStream.of(REQUEST_NANOS))
          .toArray();

  private static final long[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

  private final long[] bounds;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  private Histogram(long[] bounds) {
    this.bounds = bounds;
    this.counts = new LongAdder[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Creates a histogram of the durations of requests, in nanoseconds. */
  public static Histogram ofRequests() {
    return new Histogram(REQUEST_NANOS);
  }

  /** Creates a histogram of the durations of steps, in nanoseconds. */
  public static Histogram ofSteps() {
    return new Histogram(STEP_NANOS);
  }

  /** Creates a histogram of the sizes of groups. */
  public static Histogram ofSizes() {
    return new Histogram(SIZES);
  }

  private static long[] nanos(long... micros) {
    return LongStream.of(micros).map(each -> Duration.of(each, MICROS).toNanos()).toArray();
  }

  /** Records a value, 0 or more. */
  public void record(long value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /** Returns the upper bounds of the buckets; there is one bucket more, without a bound. */
  public long[] bounds() {
    return bounds.clone();
  }

  /** Returns how many values are in each bucket. */
  public long[] counts() {
    long[] values = new long[counts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = counts[i].sum();
    }
    return values;
  }

  /** Returns the sum of all values. */
  public long sum() {
    return sum.sum();
  }
}
