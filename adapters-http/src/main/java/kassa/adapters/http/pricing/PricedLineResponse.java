package kassa.adapters.http.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.math.BigDecimal;
import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedLine;
import org.jspecify.annotations.Nullable;

/**
 * Priced line of a quote or order.
 *
 * @param unitDiscounts discount of each unit, in their order; omitted unless requested
 * @param discounts discount of each rule on the line, in the order of application
 */
public record PricedLineResponse(
    String sku,
    BigDecimal quantity,
    String unitPrice,
    String subtotal,
    String discountTotal,
    String taxTotal,
    String total,
    @JsonInclude(Include.NON_NULL) @Nullable List<String> unitDiscounts,
    List<LineDiscount> discounts) {

  /** Discount of one rule on one line. */
  public record LineDiscount(String ruleId, int ruleVersion, String label, String amount) {

    static LineDiscount of(Discount discount) {
      return new LineDiscount(
          discount.rule().toString(),
          discount.ruleVersion(),
          discount.label(),
          discount.amount().toPlainString());
    }
  }

  /** Converts a line to its response, without unit discounts. */
  public static PricedLineResponse of(PricedLine priced) {
    return of(priced, null);
  }

  /**
   * Converts a line to its response, with unit discounts.
   *
   * @param maxUnits maximum number of units of the line
   */
  static PricedLineResponse withUnits(PricedLine priced, int maxUnits) {
    return of(priced, priced.unitDiscounts(maxUnits).stream().map(Money::toPlainString).toList());
  }

  private static PricedLineResponse of(PricedLine priced, @Nullable List<String> unitDiscounts) {
    return new PricedLineResponse(
        priced.line().sku().value(),
        priced.line().quantity().toBigDecimal(),
        priced.line().unitPrice().toPlainString(),
        priced.subtotal().toPlainString(),
        priced.discountTotal().toPlainString(),
        priced.taxTotal().toPlainString(),
        priced.total().toPlainString(),
        unitDiscounts,
        priced.discounts().stream().map(LineDiscount::of).toList());
  }
}
