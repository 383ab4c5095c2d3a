package kassa.adapters.http.order.search;

import java.util.Arrays;
import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.order.Order;
import kassa.domain.pricing.PricedCart;

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

  static String row(Order order) {
    PricedCart price = order.price();
    return CsvRow.of(
        Arrays.asList(
            order.number().value(),
            order.id().toString(),
            EnumNames.of(order.status()),
            order.placedAt().toString(),
            order.updatedAt().toString(),
            order.customer() == null ? null : order.customer().value(),
            order.context().customerGroup(),
            order.context().channel(),
            price.currency().getCurrencyCode(),
            price.subtotal().toPlainString(),
            price.discountTotal().toPlainString(),
            price.shippingTotal().toPlainString(),
            price.taxTotal().toPlainString(),
            price.total().toPlainString(),
            order.refundedTotal().toPlainString(),
            order.cancelReason(),
            price.shipping() == null ? null : price.shipping().taxTotal().toPlainString()));
  }
}
