package kassa.application.port.out.report;

import java.time.Instant;
import java.util.List;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.report.SalesFigures;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the orders that were kept, those that were cancelled left aside. Implementations may be
 * called by any number of threads. Every method throws {@link StoreUnavailableException} when there
 * is no answer. What is placed or cancelled meanwhile may be in it or not.
 */
public interface SalesLedger {

  /**
   * The sales of consecutive periods.
   *
   * @param bounds rising moments, two or more: each period is from one to before the next
   * @return by period and currency, in the order of both; none where nothing was sold
   */
  List<PeriodSales> listByPeriod(List<Instant> bounds);

  /**
   * The sales of other groups, those of most orders first.
   *
   * @param from the first moment
   * @param to the moment before which it ends
   * @param max how many are told at most
   */
  List<GroupSales> listByGroup(GroupKey key, Instant from, Instant to, int max);

  /** What sales can be grouped by besides periods. */
  enum GroupKey {
    /** The skus of lines, without shipping. */
    SKU,
    /** The ids of customers. */
    CUSTOMER,
    /** The ids of rules, with the discounts that are theirs. */
    RULE
  }

  /**
   * The sales of a period in one currency.
   *
   * @param periodIndex the place of the period, from zero
   */
  record PeriodSales(int periodIndex, SalesFigures figures) {}

  /**
   * The sales of a group in one currency.
   *
   * @param key what is common; {@code null} for orders without a customer
   */
  record GroupSales(@Nullable String key, SalesFigures figures) {}
}
