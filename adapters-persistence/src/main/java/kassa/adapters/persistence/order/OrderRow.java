package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.arrayColumn;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableLong;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code orders}, not validated. */
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
    @Nullable Long shippingAmount,
    @Nullable String shippingMethod,
    @Nullable Long shippingTotal,
    @Nullable BigDecimal shippingTaxRate,
    long shippingTaxTotal,
    long taxTotal,
    boolean pricesIncludeTax,
    long total,
    long refundedTotal,
    @Nullable String channel,
    @Nullable String customerGroup,
    List<@Nullable String> metadataNames,
    List<@Nullable String> metadataContents,
    List<RejectionRow> rejections,
    boolean isPaid,
    @Nullable String cancelReason,
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
        nullableLong(row, "shipping_amount"),
        row.getString("shipping_method"),
        nullableLong(row, "shipping_total"),
        row.getBigDecimal("shipping_tax_rate"),
        row.getLong("shipping_tax_total"),
        row.getLong("tax_total"),
        row.getBoolean("prices_include_tax"),
        row.getLong("total"),
        row.getLong("refunded_total"),
        row.getString("channel"),
        row.getString("customer_group"),
        arrayColumn(row, "metadata_keys", String.class),
        arrayColumn(row, "metadata_values", String.class),
        RejectionRow.of(row),
        row.getObject("paid_at") != null,
        row.getString("cancel_reason"),
        instant(row, "placed_at"),
        instant(row, "updated_at"));
  }
}
