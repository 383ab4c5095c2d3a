package kassa.adapters.http.order.search;

import java.util.Arrays;
import java.util.List;
import kassa.adapters.http.order.OrderResponse;
import kassa.domain.order.Order;

/** CSV with one row per order. */
final class OrderCsv {

  /** The columns, named like the JSON fields. */
  static final List<String> COLUMNS =
      List.of(
          "number",
          "id",
          "status",
          "placedAt",
          "updatedAt",
          "customerId",
          "customerGroup",
          "channel",
          "currency",
          "subtotal",
          "discountTotal",
          "shippingTotal",
          "taxTotal",
          "total",
          "refundedTotal",
          "cancelReason",
          "shippingTaxTotal");

  private OrderCsv() {}

  static String header(boolean byteOrderMark) {
    return CsvRow.header(COLUMNS, byteOrderMark);
  }

  static String row(Order source) {
    OrderResponse order = OrderResponse.of(source);
    return CsvRow.of(
        Arrays.asList(
            order.number(),
            order.id(),
            order.status(),
            order.placedAt(),
            order.updatedAt(),
            order.customerId(),
            order.customerGroup(),
            order.channel(),
            order.currency(),
            order.subtotal(),
            order.discountTotal(),
            order.shippingTotal(),
            order.taxTotal(),
            order.total(),
            order.refundedTotal(),
            order.cancelReason(),
            order.shipping() == null ? null : order.shipping().taxTotal()));
  }
}
