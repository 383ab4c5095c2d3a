package kassa.application.port.out.report;

import java.time.Instant;
import java.util.List;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the sales of stored orders, without cancelled orders and their refunds. Thread-safe.
 * Every method throws {@link StoreUnavailableException} when the store cannot be read. Orders that
 * are placed or cancelled concurrently may or may not be included.
 */
public interface SalesLedger {

  /**
   * Returns the sales of consecutive periods.
   *
   * @param bounds two or more ascending instants: each period lasts from one bound, inclusive, to
   *     the next, exclusive
   * @param refundsBy the date by which refunds are counted
   * @return the sales per period and currency, sorted by both; periods without sales and refunds
   *     are missing
   */
  List<PeriodSales> listByPeriod(List<Instant> bounds, RefundsBy refundsBy);

  /**
   * Returns the sales per group, by descending number of orders.
   *
   * @param key the group key
   * @param from start, inclusive
   * @param to end, exclusive
   * @param refundsBy the date by which refunds are counted
   * @param max the maximum number of results
   */
  List<GroupSales> listByGroup(
      GroupKey key, Instant from, Instant to, RefundsBy refundsBy, int max);

  /** Group key of sales, apart from periods. */
  enum GroupKey {
    /** The SKU of order lines, without shipping. */
    SKU,
    /** The customer id. */
    CUSTOMER,
    /** The rule id, with the discounts of the rule. */
    RULE
  }

  /**
   * Sales of a period in one currency.
   *
   * @param periodIndex the index of the period, from 0
   * @param figures the sales figures
   */
  record PeriodSales(int periodIndex, SalesFigures figures) {}

  /**
   * Sales of a group in one currency.
   *
   * @param key the value of the group key; {@code null} for orders without a customer
   * @param figures the sales figures
   */
  record GroupSales(@Nullable String key, SalesFigures figures) {}
}
