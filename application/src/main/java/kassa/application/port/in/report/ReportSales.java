package kassa.application.port.in.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import kassa.domain.report.SalesFigures;
import kassa.domain.report.SalesPeriod;
import org.jspecify.annotations.Nullable;

/** Tells what was sold. Orders that were cancelled were not sold. */
public interface ReportSales {

  /** The most groups of a report, and the most periods that it may touch. */
  int MAX_GROUPS = 1_000;

  /** How long before its end a report begins if nothing is said. */
  Duration DEFAULT_PERIOD = Duration.ofDays(366);

  /**
   * Sums up the orders that were placed in some stretch of time.
   *
   * @throws kassa.application.port.out.StoreUnavailableException when the answer cannot be had
   */
  Outcome report(Query query);

  /** What sales can be grouped by. */
  enum Grouping {
    /** By days of the zone. */
    DAY,
    /** By weeks of the zone, from Monday on. */
    WEEK,
    /** By months of the zone. */
    MONTH,
    /** By sku, of the lines alone: shipping is not among them. */
    SKU,
    /** By customer; orders without one make a group as well. */
    CUSTOMER,
    /**
     * By rule. An order is in the group of each rule that it used, with all that it costs; the
     * discounts are those of the rule alone.
     */
    RULE
  }

  /**
   * What is to be told.
   *
   * @param from the first moment; {@link #DEFAULT_PERIOD} before the end if {@code null}
   * @param to the moment before which it ends; now if {@code null}
   * @param zone whose clocks tell where days begin
   */
  record Query(Grouping groupBy, @Nullable Instant from, @Nullable Instant to, ZoneId zone) {}

  /** What came of it. */
  sealed interface Outcome {

    /**
     * A report.
     *
     * @param from the first moment
     * @param to the moment before which it ends
     * @param groups those in which something was sold: periods as they come, others by the number
     *     of orders, falling; each once for each currency
     * @param truncated whether there are more groups than are told
     */
    record Report(Instant from, Instant to, List<Group> groups, boolean truncated)
        implements Outcome {

      public Report {
        groups = List.copyOf(groups);
      }
    }

    /** The stretch touches more than {@value ReportSales#MAX_GROUPS} periods. */
    record TooManyPeriods() implements Outcome {}

    /** The stretch ends before it begins. */
    record EmptyPeriod() implements Outcome {}
  }

  /**
   * The sales of one group in one currency.
   *
   * @param key what the orders or lines have in common: the name of the period, the sku, the
   *     customer or the id of the rule; {@code null} for orders without a customer
   * @param period when, if it is grouped by that
   * @param figures what was sold
   */
  record Group(@Nullable String key, @Nullable SalesPeriod period, SalesFigures figures) {}
}
