package kassa.domain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarUnitTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # zone,            time,                 unit,  name,       start,                hours
          Europe/Berlin,     2026-03-28T23:30:00Z, DAY,   2026-03-29, 2026-03-28T23:00:00Z,   23
          Europe/Berlin,     2026-03-29T22:30:00Z, DAY,   2026-03-30, 2026-03-29T22:00:00Z,   24
          Europe/Berlin,     2026-10-25T00:30:00Z, DAY,   2026-10-25, 2026-10-24T22:00:00Z,   25
          Europe/Berlin,     2026-10-25T23:30:00Z, DAY,   2026-10-26, 2026-10-25T23:00:00Z,   24
          Europe/Berlin,     2026-03-29T12:00:00Z, WEEK,  2026-W13,   2026-03-22T23:00:00Z,  167
          Europe/Berlin,     2026-10-20T12:00:00Z, WEEK,  2026-W43,   2026-10-18T22:00:00Z,  169
          Europe/Berlin,     2026-03-01T12:00:00Z, MONTH, 2026-03,    2026-02-28T23:00:00Z,  743
          Europe/Berlin,     2026-10-01T12:00:00Z, MONTH, 2026-10,    2026-09-30T22:00:00Z,  745
          UTC,               2027-01-01T00:00:00Z, WEEK,  2026-W53,   2026-12-28T00:00:00Z,  168
          UTC,               2024-12-31T23:59:59Z, WEEK,  2025-W01,   2024-12-30T00:00:00Z,  168
          UTC,               2024-02-29T12:00:00Z, MONTH, 2024-02,    2024-02-01T00:00:00Z,  696
          Australia/Lord_Howe, 2026-04-05T01:00:00Z, DAY, 2026-04-05, 2026-04-04T13:00:00Z,   24
          Africa/Cairo,      2026-04-24T12:00:00Z, DAY,   2026-04-24, 2026-04-23T22:00:00Z,   23
          Pacific/Apia,      2011-12-31T12:00:00Z, DAY,   2012-01-01, 2011-12-31T10:00:00Z,   24
          """)
  void periods_follow_the_time_zone_and_daylight_saving(
      String zone, Instant time, CalendarUnit unit, String name, Instant start, int hours) {
    List<SalesPeriod> periods =
        unit.periods(
            time.minus(Duration.ofDays(40)), time.plus(Duration.ofDays(40)), ZoneId.of(zone), 100);

    assertThat(periods)
        .filteredOn(period -> !time.isBefore(period.from()) && time.isBefore(period.to()))
        .singleElement()
        .satisfies(period -> {
          assertThat(period.name()).isEqualTo(name);
          assertThat(period.from()).isEqualTo(start);
          assertThat(Duration.between(period.from(), period.to()).toHours()).isEqualTo(hours);
        });
  }

  @ParameterizedTest
  @CsvSource({"Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Asia/Gaza"})
  void periods_leave_no_gap_and_never_overlap(String zone) {
    Instant from = Instant.parse("2011-11-11T11:11:11.111111Z");
    Instant to = Instant.parse("2012-12-12T12:12:12.121212Z");
    for (CalendarUnit unit : CalendarUnit.values()) {
      List<SalesPeriod> periods = unit.periods(from, to, ZoneId.of(zone), 1_000);

      assertThat(periods.getFirst().from()).isEqualTo(from);
      assertThat(periods.getLast().to()).isEqualTo(to);
      for (int i = 1; i < periods.size(); i++) {
        assertThat(periods.get(i).from()).isEqualTo(periods.get(i - 1).to());
      }
      assertThat(periods).extracting(SalesPeriod::name).doesNotHaveDuplicates();
    }
  }

  @Test
  void returns_one_period_more_than_the_maximum() {
    Instant from = Instant.parse("2026-01-01T00:00:00Z");
    ZoneId utc = ZoneId.of("UTC");

    assertThat(CalendarUnit.DAY.periods(from, from.plus(Duration.ofDays(3)), utc, 3)).hasSize(3);
    assertThat(CalendarUnit.DAY.periods(from, from.plus(Duration.ofDays(9)), utc, 3)).hasSize(4);
    assertThat(CalendarUnit.DAY.periods(from, from, utc, 3)).isEmpty();
  }
}
