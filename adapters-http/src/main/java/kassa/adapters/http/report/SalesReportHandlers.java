package kassa.adapters.http.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import kassa.adapters.http.order.search.OrderExportHandler;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.request.MediaTypes;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.RequestClass;
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

  /** The earliest end of a report for which the default of {@code from} is a valid time. */
  private static final Instant MIN_TO_WITHOUT_FROM =
      Timestamps.MIN.plus(ReportSales.DEFAULT_PERIOD);

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
    ReportSales useCase = reportSales.as(CurrentCaller.of(context));
    QueryParameters parameters = QueryParameters.of(context);
    Grouping groupBy = parameters.word("groupBy", Grouping.class);
    if (parameters.value("groupBy") == null) {
      parameters.reject("groupBy", "missing_field", "groupBy must be given");
    }
    Instant from = parameters.time("from");
    Instant to = parameters.time("to");
    if (parameters.value("from") == null && to != null && to.isBefore(MIN_TO_WITHOUT_FROM)) {
      parameters.reject(
          "to",
          "out_of_range",
          "to must be " + MIN_TO_WITHOUT_FROM + " or later if from is not given");
    }
    ZoneId zone = parameters.read("zone", SalesReportHandlers::parseZone);
    RefundsBy refundsBy = parameters.word("refundsBy", RefundsBy.class);
    boolean csv = isCsv(context);
    boolean byteOrderMark =
        OrderExportHandler.readByteOrderMark(
            parameters, csv ? OrderExportHandler.CSV : Responses.JSON);
    parameters.requireValid();
    ReportSales.Query query =
        new ReportSales.Query(
            requireNonNull(groupBy),
            from,
            to,
            zone == null ? UTC : zone,
            refundsBy == null ? RefundsBy.ORDER_DATE : refundsBy);
    Outcome outcome = useCase.report(query);
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
