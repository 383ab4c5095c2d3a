package kassa.adapters.persistence.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the periods of a report into whole quarters of an hour, whose sums are stored, and the
 * rest. Days start at whole quarters of an hour in every time zone of today, so the rest is usually
 * at the start and the end of the report only.
 *
 * @param quarterHours the whole quarters of an hour
 * @param rest the rest
 */
record ReportRanges(List<QuarterHours> quarterHours, List<Times> rest) {

  private static final long SECONDS = 900;

  /**
   * Whole quarters of an hour of a period, counted since 1970.
   *
   * @param period the index of the period
   * @param from the first quarter of an hour
   * @param to the end, exclusive
   */
  record QuarterHours(int period, long from, long to) {}

  /**
   * Part of a period.
   *
   * @param period the index of the period
   * @param from the start, inclusive
   * @param to the end, exclusive
   */
  record Times(int period, Instant from, Instant to) {}

  /** Splits consecutive periods, each from one bound to the next. */
  static ReportRanges of(List<Instant> bounds) {
    List<QuarterHours> quarterHours = new ArrayList<>();
    List<Times> rest = new ArrayList<>();
    for (int period = 0; period + 1 < bounds.size(); period++) {
      Instant from = bounds.get(period);
      Instant to = bounds.get(period + 1);
      long last = Math.floorDiv(to.getEpochSecond(), SECONDS);
      long first = Math.floorDiv(from.getEpochSecond(), SECONDS);
      if (startOf(first).isBefore(from)) {
        first++;
      }
      if (first >= last) {
        rest.add(new Times(period, from, to));
        continue;
      }
      quarterHours.add(new QuarterHours(period, first, last));
      addUnlessEmpty(rest, new Times(period, from, startOf(first)));
      addUnlessEmpty(rest, new Times(period, startOf(last), to));
    }
    return new ReportRanges(quarterHours, rest);
  }

  private static void addUnlessEmpty(List<Times> ranges, Times range) {
    if (range.from().isBefore(range.to())) {
      ranges.add(range);
    }
  }

  private static Instant startOf(long quarterHour) {
    return Instant.ofEpochSecond(Math.multiplyExact(quarterHour, SECONDS));
  }
}
