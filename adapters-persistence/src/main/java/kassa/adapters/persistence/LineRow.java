package kassa.adapters.persistence;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of order_lines, unchecked. */
record LineRow(
    int position,
    String sku,
    BigDecimal quantity,
    BigDecimal unitPrice,
    long subtotal,
    long discountTotal,
    long total) {

  static LineRow of(ResultSet row) throws SQLException {
    return new LineRow(
        row.getInt("position"),
        row.getString("sku"),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("unit_price"),
        row.getLong("subtotal"),
        row.getLong("discount_total"),
        row.getLong("total"));
  }
}
