package kassa.adapters.http.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.in.report.ReportSales.Grouping;
import kassa.domain.report.SalesFigures;
import org.jspecify.annotations.Nullable;

/**
 * What was sold: money as decimal strings of the group's currency, times in UTC.
 *
 * @param truncated whether there are more groups than are told
 */
public record SalesReportResponse(
    String groupBy, String from, String to, String zone, List<Group> data, boolean truncated) {

  /**
   * The sales of one group in one currency.
   *
   * @param key what is common to them; {@code null} for orders without a customer
   * @param from the first moment of a period; left out of other groups
   * @param to the moment before which it ends
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
      String refunds) {}

  /** Writes a report down. */
  public static SalesReportResponse of(
      Grouping groupBy, ZoneId zone, ReportSales.Outcome.Report report) {
    return new SalesReportResponse(
        EnumNames.of(groupBy),
        report.from().toString(),
        report.to().toString(),
        zone.getId(),
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
        figures.refunds().toPlainString());
  }

  /** Without zeros behind the point, and without an exponent. */
  private static BigDecimal units(BigDecimal units) {
    BigDecimal stripped = units.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
