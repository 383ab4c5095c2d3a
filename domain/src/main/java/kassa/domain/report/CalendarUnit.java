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

/** What a calendar is divided into. Days begin where the clocks of a zone say so. */
public enum CalendarUnit {
  /** From midnight to midnight, which is 23 to 25 hours. */
  DAY {
    @Override
    LocalDate startOf(LocalDate date) {
      return date;
    }

    @Override
    LocalDate startOfNext(LocalDate begin) {
      return begin.plusDays(1);
    }

    @Override
    String nameOf(LocalDate begin) {
      return begin.toString();
    }
  },

  /** From Monday to Sunday, with the year and number of ISO 8601. */
  WEEK {
    @Override
    LocalDate startOf(LocalDate date) {
      return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    LocalDate startOfNext(LocalDate begin) {
      return begin.plusWeeks(1);
    }

    @Override
    String nameOf(LocalDate begin) {
      return String.format(
          Locale.ROOT,
          "%04d-W%02d",
          begin.get(IsoFields.WEEK_BASED_YEAR),
          begin.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
  },

  /** A month of the Gregorian calendar. */
  MONTH {
    @Override
    LocalDate startOf(LocalDate date) {
      return date.withDayOfMonth(1);
    }

    @Override
    LocalDate startOfNext(LocalDate begin) {
      return begin.plusMonths(1);
    }

    @Override
    String nameOf(LocalDate begin) {
      return begin.toString().substring(0, "2026-03".length());
    }
  };

  /**
   * The periods that a stretch of time touches, in their order. The first and the last are cut to
   * it.
   *
   * @param from the first moment of the stretch
   * @param to the moment before which it ends
   * @param maxPeriods how many are wanted; there is one more in the answer if there are more
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

  /** The first day of the unit that a day is in. */
  abstract LocalDate startOf(LocalDate date);

  /** The first day of the next. */
  abstract LocalDate startOfNext(LocalDate begin);

  abstract String nameOf(LocalDate begin);
}
