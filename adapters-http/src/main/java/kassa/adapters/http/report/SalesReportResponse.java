package kassa.adapters.http.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.order.search.CsvRow;
import kassa.application.port.in.report.ReportSales;
import kassa.domain.report.SalesFigures;
import org.jspecify.annotations.Nullable;

/**
 * Sales report: amounts as decimal strings in the currency of the group, times in UTC.
 *
 * @param truncated whether there are more groups than this response contains
 */
public record SalesReportResponse(
    String groupBy,
    String from,
    String to,
    String zone,
    String refundsBy,
    List<Group> data,
    boolean truncated) {

  /**
   * Sales figures of one group in one currency.
   *
   * @param key value of the group; {@code null} for orders without a customer
   * @param from start of the period, inclusive; omitted if the group is not a period
   * @param to end of the period, exclusive; omitted if the group is not a period
   */
  public record Group(
      @Nullable String key,
      @JsonInclude(Include.NON_NULL) @Nullable String from,
      @JsonInclude(Include.NON_NULL) @Nullable String to,
      String currency,
      long orders,
      BigDecimal units,
      String gross,
      String discounts,
      String net,
      String tax,
      String refunds,
      String refundedTax,
      String netSales) {}

  private static final List<String> CSV_COLUMNS =
      List.of(
          "key",
          "from",
          "to",
          "currency",
          "orders",
          "units",
          "gross",
          "discounts",
          "net",
          "tax",
          "refunds",
          "refundedTax",
          "netSales");

  /** Returns the groups as CSV, with the names of the JSON fields. */
  String toCsv(boolean byteOrderMark) {
    StringBuilder csv = new StringBuilder(CsvRow.header(CSV_COLUMNS, byteOrderMark));
    for (Group group : data) {
      csv.append(
          CsvRow.of(
              Arrays.asList(
                  group.key,
                  group.from,
                  group.to,
                  group.currency,
                  group.orders,
                  group.units.toPlainString(),
                  group.gross,
                  group.discounts,
                  group.net,
                  group.tax,
                  group.refunds,
                  group.refundedTax,
                  group.netSales)));
    }
    return csv.toString();
  }

  /** Converts a report to its response. */
  public static SalesReportResponse of(ReportSales.Query query, ReportSales.Outcome.Report report) {
    return new SalesReportResponse(
        EnumNames.of(query.groupBy()),
        report.from().toString(),
        report.to().toString(),
        query.zone().getId(),
        EnumNames.of(query.refundsBy()),
        report.groups().stream().map(SalesReportResponse::group).toList(),
        report.truncated());
  }

  private static Group group(ReportSales.Group group) {
    SalesFigures figures = group.figures();
    return new Group(
        group.key(),
        group.period() == null ? null : group.period().from().toString(),
        group.period() == null ? null : group.period().to().toString(),
        figures.gross().currency().getCurrencyCode(),
        figures.orders(),
        units(figures.units()),
        figures.gross().toPlainString(),
        figures.discounts().toPlainString(),
        figures.net().toPlainString(),
        figures.tax().toPlainString(),
        figures.refunds().toPlainString(),
        figures.refundedTax().toPlainString(),
        figures.netSales().toPlainString());
  }

  /** Removes trailing zeros, without using an exponent. */
  private static BigDecimal units(BigDecimal units) {
    BigDecimal stripped = units.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
