package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.instant;
import static kassa.adapters.persistence.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of orders, unchecked. */
record OrderRow(
    UUID id,
    long number,
    String status,
    @Nullable String customerId,
    int version,
    String currency,
    int currencyDigits,
    long subtotal,
    long discountTotal,
    long total,
    long refundedTotal,
    Instant placedAt,
    Instant updatedAt) {

  static OrderRow of(ResultSet row) throws SQLException {
    return new OrderRow(
        uuid(row, "id"),
        row.getLong("number"),
        row.getString("status"),
        row.getString("customer_id"),
        row.getInt("version"),
        row.getString("currency"),
        row.getInt("currency_digits"),
        row.getLong("subtotal"),
        row.getLong("discount_total"),
        row.getLong("total"),
        row.getLong("refunded_total"),
        instant(row, "placed_at"),
        instant(row, "updated_at"));
  }
}
