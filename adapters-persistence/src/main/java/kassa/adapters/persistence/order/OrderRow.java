package kassa.adapters.persistence.order;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.ColumnCursor;
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

  /** The columns that {@link #of} reads, of the alias {@code o}. */
  static final String COLUMNS =
      """
      o.id, o.number, o.status, o.customer_id, o.version, o.currency, o.currency_digits,
      o.subtotal, o.discount_total, o.shipping_amount, o.shipping_method, o.shipping_total,
      o.shipping_tax_rate, o.shipping_tax_total, o.tax_total, o.prices_include_tax, o.total,
      o.refunded_total, o.channel, o.customer_group, o.metadata_keys, o.metadata_values,
      o.rejected_codes, o.rejected_rule_ids, o.rejection_reasons, o.paid_at, o.cancel_reason,
      o.placed_at, o.updated_at\
      """;

  static OrderRow of(ColumnCursor row) throws SQLException {
    return new OrderRow(
        row.uuid(),
        row.bigint(),
        row.text(),
        row.nullableText(),
        row.integer(),
        row.text(),
        row.integer(),
        row.bigint(),
        row.bigint(),
        row.nullableBigint(),
        row.nullableText(),
        row.nullableBigint(),
        row.nullableDecimal(),
        row.bigint(),
        row.bigint(),
        row.bool(),
        row.bigint(),
        row.bigint(),
        row.nullableText(),
        row.nullableText(),
        row.array(String.class),
        row.array(String.class),
        RejectionRow.of(row),
        row.isPresent(),
        row.nullableText(),
        row.instant(),
        row.instant());
  }
}
