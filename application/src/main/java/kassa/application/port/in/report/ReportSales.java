package kassa.application.port.in.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import kassa.domain.report.SalesPeriod;
import org.jspecify.annotations.Nullable;

/** Sales report. Cancelled orders are not counted. */
public interface ReportSales {

  /** Maximum number of groups of a report, and of periods that it may cover. */
  int MAX_GROUPS = 1_000;

  /** Default length of the report period. */
  Duration DEFAULT_PERIOD = Duration.ofDays(366);

  /**
   * Aggregates the orders that were placed within a period.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the store cannot be read
   */
  Outcome report(Query query);

  /** Grouping of a sales report. */
  enum Grouping {
    /** By day in the time zone of the query. */
    DAY,
    /** By week in the time zone of the query; weeks start on Monday. */
    WEEK,
    /** By month in the time zone of the query. */
    MONTH,
    /** By SKU; only order lines are counted, without shipping. */
    SKU,
    /** By customer; orders without a customer form a group too. */
    CUSTOMER,
    /**
     * By rule. An order belongs to the group of each rule that it used, with its whole total; the
     * discounts are only those of the rule.
     */
    RULE
  }

  /**
   * Report query.
   *
   * @param groupBy the grouping
   * @param from start of the period, inclusive; {@link #DEFAULT_PERIOD} before {@code to} if {@code
   *     null}
   * @param to end of the period, exclusive; now if {@code null}
   * @param zone the time zone in which days, weeks and months start
   * @param refundsBy the date by which refunds are counted
   */
  record Query(
      Grouping groupBy,
      @Nullable Instant from,
      @Nullable Instant to,
      ZoneId zone,
      RefundsBy refundsBy) {}

  /** Outcome of {@link #report}. */
  sealed interface Outcome {

    /**
     * Sales report.
     *
     * @param from start of the period, inclusive
     * @param to end of the period, exclusive
     * @param groups the groups with sales or refunds, one per currency: periods in chronological
     *     order, other groups by descending number of orders
     * @param truncated whether there are more groups than the report contains
     */
    record Report(Instant from, Instant to, List<Group> groups, boolean truncated)
        implements Outcome {

      public Report {
        groups = List.copyOf(groups);
      }
    }

    /** The query covers more than {@value ReportSales#MAX_GROUPS} periods. */
    record TooManyPeriods() implements Outcome {}

    /** The period is empty: its end is not after its start. */
    record EmptyPeriod() implements Outcome {}
  }

  /**
   * Sales of one group in one currency.
   *
   * @param key the group key: name of the period, SKU, customer id or rule id; {@code null} for
   *     orders without a customer
   * @param period the period, or {@code null} if the report is not grouped by period
   * @param figures the sales figures
   */
  record Group(@Nullable String key, @Nullable SalesPeriod period, SalesFigures figures) {}
}
