package kassa.domain.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Calendar unit of a sales report. Days start at local midnight of a time zone. */
public enum CalendarUnit {
  /** A day from midnight to midnight: 23 to 25 hours, because of daylight saving time. */
  DAY {
    @Override
    LocalDate startOf(LocalDate date) {
      return date;
    }

    @Override
    LocalDate startOfNext(LocalDate start) {
      return start.plusDays(1);
    }

    @Override
    String nameOf(LocalDate start) {
      return start.toString();
    }
  },

  /** A week from Monday to Sunday, with the week-based year and week number of ISO 8601. */
  WEEK {
    @Override
    LocalDate startOf(LocalDate date) {
      return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    LocalDate startOfNext(LocalDate start) {
      return start.plusWeeks(1);
    }

    @Override
    String nameOf(LocalDate start) {
      return String.format(
          Locale.ROOT,
          "%04d-W%02d",
          start.get(IsoFields.WEEK_BASED_YEAR),
          start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
  },

  /** A month of the Gregorian calendar. */
  MONTH {
    @Override
    LocalDate startOf(LocalDate date) {
      return date.withDayOfMonth(1);
    }

    @Override
    LocalDate startOfNext(LocalDate start) {
      return start.plusMonths(1);
    }

    @Override
    String nameOf(LocalDate start) {
      return start.toString().substring(0, "2026-03".length());
    }
  };

  /**
   * Returns the periods that overlap a time range, in order. The first and the last period are
   * truncated to the range.
   *
   * @param from the start of the range, inclusive
   * @param to the end of the range, exclusive
   * @param zone the time zone of the calendar
   * @param maxPeriods the maximum number of periods; if there are more, the result has one period
   *     more than this number
   */
  public List<SalesPeriod> periods(Instant from, Instant to, ZoneId zone, int maxPeriods) {
    List<SalesPeriod> periods = new ArrayList<>();
    LocalDate startDay = startOf(from.atZone(zone).toLocalDate());
    Instant start = from;
    while (start.isBefore(to) && periods.size() <= maxPeriods) {
      LocalDate next = startOfNext(startDay);
      Instant end = next.atStartOfDay(zone).toInstant();
      Instant cut = end.isBefore(to) ? end : to;
      if (start.isBefore(cut)) {
        periods.add(new SalesPeriod(nameOf(startDay), start, cut));
        start = cut;
      }
      startDay = next;
    }
    return periods;
  }

  /** Returns the first day of the unit that contains a day. */
  abstract LocalDate startOf(LocalDate date);

  /** Returns the first day of the next unit. */
  abstract LocalDate startOfNext(LocalDate start);

  /** Returns the name of the unit that starts on a day, such as {@code 2026-W13}. */
  abstract String nameOf(LocalDate start);
}
