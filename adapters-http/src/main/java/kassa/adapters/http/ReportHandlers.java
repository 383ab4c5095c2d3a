package kassa.adapters.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.Admission.Load;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.message.SalesReportResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.ReportSales;
import kassa.application.port.in.ReportSales.Grouping;
import kassa.application.port.in.ReportSales.Outcome;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.rule.RuleReader;

/** Answers reports. */
final class ReportHandlers {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private final ByCaller<ReportSales> reportSales;
  private final Answers answers;

  ReportHandlers(ByCaller<ReportSales> reportSales, Answers answers) {
    this.reportSales = reportSales;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/reports/sales", this::sales, "groupBy", "from", "to", "zone")
            .among(Load.MANY));
  }

  private void sales(Context context) {
    List<Fault> faults = new ArrayList<>();
    Grouping groupBy = groupBy(context, faults);
    Instant from =
        QueryParameters.read(context, "from", text -> RuleReader.instant("from", text), faults);
    Instant to =
        QueryParameters.read(context, "to", text -> RuleReader.instant("to", text), faults);
    ZoneId zone = QueryParameters.read(context, "zone", ReportHandlers::zone, faults);
    QueryParameters.refuse(faults);
    ReportSales.Query query = new ReportSales.Query(groupBy, from, to, zone == null ? UTC : zone);
    switch (reportSales.by(Callers.of(context)).report(query)) {
      case Outcome.Report report ->
          answers.ok(context, SalesReportResponse.of(groupBy, query.zone(), report));
      case Outcome.TooManyPeriods() ->
          throw refused(
              "groupBy",
              "too_many",
              "groupBy must make at most " + ReportSales.MOST_GROUPS + " periods");
      case Outcome.NoTime() -> throw refused("to", "out_of_range", "to must be later than from");
    }
  }

  /** The grouping that is asked for; a day if none is or if it is a fault. */
  private static Grouping groupBy(Context context, List<Fault> faults) {
    try {
      Grouping grouping = QueryParameters.word(context, "groupBy", Grouping.class);
      if (grouping != null) {
        return grouping;
      }
      faults.add(
          new Fault(Fault.Place.QUERY, "groupBy", "missing_field", "groupBy must be given", true));
    } catch (ProblemException refused) {
      faults.addAll(refused.problem().faults());
    }
    return Grouping.DAY;
  }

  private static ZoneId zone(String name) {
    // Names alone: abbreviations and offsets know nothing of summer.
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "zone must be the IANA name of a time zone such as Europe/Berlin");
    }
    return ZoneId.of(name);
  }

  private static ProblemException refused(String name, String code, String detail) {
    return new ProblemException(Fault.Place.QUERY, name, code, detail);
  }
}
