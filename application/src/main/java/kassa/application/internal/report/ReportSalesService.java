package kassa.application.internal.report;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.application.port.out.report.SalesLedger.GroupSales;
import kassa.domain.report.CalendarUnit;
import kassa.domain.report.SalesPeriod;

/** Sales report: aggregates the sales ledger by period, product, customer or rule. */
public final class ReportSalesService implements ReportSales {

  private final SalesLedger ledger;
  private final InstantSource clock;

  public ReportSalesService(SalesLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Outcome report(Query query) {
    Instant to = query.to() == null ? endOfNow() : query.to();
    Instant from = query.from() == null ? to.minus(DEFAULT_PERIOD) : query.from();
    if (!from.isBefore(to)) {
      return new Outcome.EmptyPeriod();
    }
    return switch (query.groupBy()) {
      case DAY -> byPeriod(CalendarUnit.DAY, query, from, to);
      case WEEK -> byPeriod(CalendarUnit.WEEK, query, from, to);
      case MONTH -> byPeriod(CalendarUnit.MONTH, query, from, to);
      case SKU -> byKey(GroupKey.SKU, query, from, to);
      case CUSTOMER -> byKey(GroupKey.CUSTOMER, query, from, to);
      case RULE -> byKey(GroupKey.RULE, query, from, to);
    };
  }

  private Outcome byPeriod(CalendarUnit unit, Query query, Instant from, Instant to) {
    List<SalesPeriod> periods = unit.periods(from, to, query.zone(), MAX_GROUPS);
    if (periods.size() > MAX_GROUPS) {
      return new Outcome.TooManyPeriods();
    }
    List<Instant> bounds = new ArrayList<>(List.of(from));
    periods.forEach(period -> bounds.add(period.to()));
    List<Group> groups =
        ledger.listByPeriod(bounds, query.refundsBy()).stream()
            .map(sales -> {
              SalesPeriod period = periods.get(sales.periodIndex());
              return new Group(period.name(), period, sales.figures());
            })
            .toList();
    return new Outcome.Report(from, to, groups, false);
  }

  private Outcome byKey(GroupKey key, Query query, Instant from, Instant to) {
    // Fetches one extra group to detect whether the report is truncated.
    List<GroupSales> found = ledger.listByGroup(key, from, to, query.refundsBy(), MAX_GROUPS + 1);
    List<Group> groups =
        found.stream()
            .limit(MAX_GROUPS)
            .map(sales -> new Group(sales.key(), null, sales.figures()))
            .toList();
    return new Outcome.Report(from, to, groups, found.size() > MAX_GROUPS);
  }

  /**
   * End of the default period: one microsecond after now, so that an order placed just now is
   * included.
   */
  private Instant endOfNow() {
    return clock.instant().plus(1, ChronoUnit.MICROS);
  }
}
