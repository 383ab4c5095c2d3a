package kassa.application.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import kassa.application.port.in.ReportSales;
import kassa.application.port.out.SalesLedger;
import kassa.application.port.out.SalesLedger.GroupKey;
import kassa.application.port.out.SalesLedger.OfKey;
import kassa.domain.sales.CalendarUnit;
import kassa.domain.sales.SalesPeriod;

/** Reports sales. */
public final class SalesReporting implements ReportSales {

  private final SalesLedger ledger;
  private final InstantSource clock;

  public SalesReporting(SalesLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Outcome report(Query query) {
    Instant to = query.to() == null ? behindNow() : query.to();
    Instant from = query.from() == null ? to.minus(USUAL_LENGTH) : query.from();
    if (!from.isBefore(to)) {
      return new Outcome.NoTime();
    }
    return switch (query.groupBy()) {
      case DAY -> byPeriod(CalendarUnit.DAY, query, from, to);
      case WEEK -> byPeriod(CalendarUnit.WEEK, query, from, to);
      case MONTH -> byPeriod(CalendarUnit.MONTH, query, from, to);
      case SKU -> byKey(GroupKey.SKU, from, to);
      case CUSTOMER -> byKey(GroupKey.CUSTOMER, from, to);
      case RULE -> byKey(GroupKey.RULE, from, to);
    };
  }

  private Outcome byPeriod(CalendarUnit unit, Query query, Instant from, Instant to) {
    List<SalesPeriod> periods = unit.periods(from, to, query.zone(), MOST_GROUPS);
    if (periods.size() > MOST_GROUPS) {
      return new Outcome.TooManyPeriods();
    }
    List<Instant> bounds = new ArrayList<>(List.of(from));
    periods.forEach(period -> bounds.add(period.to()));
    List<Group> groups =
        ledger.byPeriod(bounds).stream()
            .map(sales -> {
              SalesPeriod period = periods.get(sales.period());
              return new Group(period.name(), period, sales.figures());
            })
            .toList();
    return new Outcome.Report(from, to, groups, false);
  }

  private Outcome byKey(GroupKey key, Instant from, Instant to) {
    // One more than are told says whether there are more.
    List<OfKey> found = ledger.byKey(key, from, to, MOST_GROUPS + 1);
    List<Group> groups =
        found.stream()
            .limit(MOST_GROUPS)
            .map(sales -> new Group(sales.key(), null, sales.figures()))
            .toList();
    return new Outcome.Report(from, to, groups, found.size() > MOST_GROUPS);
  }

  /** An order that was placed just now is in it. */
  private Instant behindNow() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
  }
}
