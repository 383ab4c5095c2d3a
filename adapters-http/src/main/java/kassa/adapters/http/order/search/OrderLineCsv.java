package kassa.adapters.http.order.search;

import java.util.Arrays;
import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.order.Order;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricedLine;

/** CSV with one row per line of each order. */
final class OrderLineCsv {

  /** The columns: those of the order, then those of the line, named like the JSON fields. */
  static final List<String> COLUMNS =
      List.of(
          "orderNumber",
          "orderId",
          "orderStatus",
          "placedAt",
          "customerId",
          "currency",
          "position",
          "sku",
          "quantity",
          "unitPrice",
          "listPrice",
          "subtotal",
          "discountTotal",
          "taxRate",
          "taxTotal",
          "total");

  private OrderLineCsv() {}

  static String header(boolean byteOrderMark) {
    return CsvRow.header(COLUMNS, byteOrderMark);
  }

  static String rows(Order order) {
    StringBuilder rows = new StringBuilder();
    List<PricedLine> lines = order.price().lines();
    for (int position = 0; position < lines.size(); position++) {
      rows.append(row(order, position, lines.get(position)));
    }
    return rows.toString();
  }

  private static String row(Order order, int position, PricedLine priced) {
    CartLine line = priced.line();
    return CsvRow.of(
        Arrays.asList(
            order.number().value(),
            order.id(),
            EnumNames.of(order.status()),
            order.placedAt(),
            order.customer() == null ? null : order.customer().value(),
            order.price().currency().getCurrencyCode(),
            position,
            line.sku().value(),
            line.quantity().toBigDecimal().toPlainString(),
            line.unitPrice().toPlainString(),
            line.listPrice() == null ? null : line.listPrice().toPlainString(),
            priced.subtotal().toPlainString(),
            priced.discountTotal().toPlainString(),
            line.taxRate(),
            priced.taxTotal().toPlainString(),
            priced.total().toPlainString()));
  }
}
