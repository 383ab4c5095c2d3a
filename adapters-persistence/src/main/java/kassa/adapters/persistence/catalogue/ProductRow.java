package kassa.adapters.persistence.catalogue;

import static kassa.adapters.persistence.jdbc.SqlValues.instant;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code products}, not validated. */
record ProductRow(
    String sku,
    String name,
    String currency,
    BigDecimal unitPrice,
    @Nullable BigDecimal listPrice,
    @Nullable BigDecimal minUnitPrice,
    @Nullable BigDecimal taxRate,
    boolean active,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  static ProductRow of(ResultSet row) throws SQLException {
    return new ProductRow(
        row.getString("sku"),
        row.getString("name"),
        row.getString("currency"),
        row.getBigDecimal("unit_price"),
        row.getBigDecimal("list_price"),
        row.getBigDecimal("min_unit_price"),
        row.getBigDecimal("tax_rate"),
        row.getBoolean("active"),
        row.getInt("version"),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }
}
