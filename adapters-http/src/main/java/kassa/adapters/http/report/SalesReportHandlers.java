package kassa.adapters.http.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.order.search.OrderExportHandler;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.request.MediaTypes;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.ConcurrencyLimiter.RequestClass;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CredentialCheck;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.in.report.ReportSales.Grouping;
import kassa.application.port.in.report.ReportSales.Outcome;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.Timestamps;
import kassa.domain.report.RefundsBy;

/** Sales report endpoint. */
public final class SalesReportHandlers {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private final Secured<ReportSales> reportSales;
  private final Responses responses;

  public SalesReportHandlers(Secured<ReportSales> reportSales, Responses responses) {
    this.reportSales = reportSales;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
                "/v1/reports/sales",
                this::sales,
                "groupBy",
                "from",
                "to",
                "zone",
                "refundsBy",
                OrderExportHandler.BOM)
            .producing(Responses.JSON, OrderExportHandler.CSV)
            .withRequestClass(RequestClass.REPORT));
  }

  private void sales(Context context) {
    List<RequestViolation> violations = new ArrayList<>();
    Grouping groupBy = readGrouping(context, violations);
    Instant from =
        QueryParameters.read(context, "from", text -> Timestamps.parse("from", text), violations);
    Instant to =
        QueryParameters.read(context, "to", text -> Timestamps.parse("to", text), violations);
    ZoneId zone = QueryParameters.read(context, "zone", SalesReportHandlers::parseZone, violations);
    RefundsBy refundsBy = readRefundsBy(context, violations);
    boolean csv = isCsv(context);
    boolean byteOrderMark = readByteOrderMark(context, csv, violations);
    QueryParameters.refuse(violations);
    ReportSales.Query query =
        new ReportSales.Query(groupBy, from, to, zone == null ? UTC : zone, refundsBy);
    Outcome outcome = reportSales.as(CurrentCaller.of(context)).report(query);
    CredentialCheck.of(context).requireValid();
    switch (outcome) {
      case Outcome.Report report ->
          send(context, SalesReportResponse.of(query, report), csv, byteOrderMark);
      case Outcome.TooManyPeriods() ->
          throw invalidParameter(
              "groupBy",
              "too_many",
              "groupBy must produce at most " + ReportSales.MAX_GROUPS + " periods");
      case Outcome.EmptyPeriod() ->
          throw invalidParameter("to", "out_of_range", "to must be later than from");
    }
  }

  private void send(
      Context context, SalesReportResponse report, boolean csv, boolean byteOrderMark) {
    context.header("Vary", "Accept");
    if (csv) {
      context.header("Content-Disposition", "attachment; filename=\"sales.csv\"");
      byte[] body = report.toCsv(byteOrderMark).getBytes(UTF_8);
      Responses.send(context, 200, OrderExportHandler.CSV + ";charset=utf-8", body);
    } else {
      responses.ok(context, report);
    }
  }

  private static boolean isCsv(Context context) {
    return OrderExportHandler.CSV.equals(
        MediaTypes.select(
            RequestHeaders.list(context, "Accept"),
            List.of(Responses.JSON, OrderExportHandler.CSV)));
  }

  /** Reads whether the CSV starts with a byte order mark; if it is invalid, adds a violation. */
  private static boolean readByteOrderMark(
      Context context, boolean csv, List<RequestViolation> violations) {
    try {
      boolean wanted = QueryParameters.bool(context, OrderExportHandler.BOM);
      if (wanted && !csv) {
        violations.add(
            new RequestViolation.QueryParameter(
                OrderExportHandler.BOM,
                "out_of_range",
                "bom must not be true for " + Responses.JSON));
      }
      return wanted;
    } catch (ProblemException invalid) {
      violations.addAll(invalid.problem().violations());
      return false;
    }
  }

  /**
   * Reads the requested grouping; if it is missing or invalid, adds a violation and returns {@code
   * DAY}.
   */
  private static Grouping readGrouping(Context context, List<RequestViolation> violations) {
    try {
      Grouping grouping = QueryParameters.word(context, "groupBy", Grouping.class);
      if (grouping != null) {
        return grouping;
      }
      violations.add(
          new RequestViolation.QueryParameter("groupBy", "missing_field", "groupBy must be given"));
    } catch (ProblemException invalid) {
      violations.addAll(invalid.problem().violations());
    }
    return Grouping.DAY;
  }

  /** Reads the date by which refunds are counted; if it is invalid, adds a violation. */
  private static RefundsBy readRefundsBy(Context context, List<RequestViolation> violations) {
    try {
      RefundsBy refundsBy = QueryParameters.word(context, "refundsBy", RefundsBy.class);
      return refundsBy == null ? RefundsBy.ORDER_DATE : refundsBy;
    } catch (ProblemException invalid) {
      violations.addAll(invalid.problem().violations());
      return RefundsBy.ORDER_DATE;
    }
  }

  private static ZoneId parseZone(String name) {
    // Only names: abbreviations and offsets have no daylight saving time.
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "zone must be the IANA name of a time zone such as Europe/Berlin");
    }
    return ZoneId.of(name);
  }

  private static ProblemException invalidParameter(String name, String code, String detail) {
    return new ProblemException(new RequestViolation.QueryParameter(name, code, detail));
  }
}
