package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.utc;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import kassa.adapters.persistence.jdbc.TableInsert;
import kassa.adapters.persistence.jdbc.TableInsert.Column;
import kassa.adapters.persistence.jdbc.TableInsert.ColumnType;
import kassa.domain.order.NewOrder;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.Redemption;
import org.jspecify.annotations.Nullable;

/** Inserts the pricing traces and rule redemptions of orders. */
final class PricingTraceWriter {

  /** Traces up to this length are in the row of the order, which reads of orders pass over. */
  static final int MAX_CHARACTERS_IN_ORDER = 500;

  private static final TableInsert LONG_TRACES =
      TableInsert.into(
          "pricing_traces",
          new Column("order_id", ColumnType.UUID),
          new Column("trace", ColumnType.VARCHAR));

  private static final TableInsert REDEMPTIONS =
      TableInsert.into(
          "redemptions",
          new Column("order_id", ColumnType.UUID),
          new Column("rule_id", ColumnType.UUID),
          new Column("rule_version", ColumnType.INTEGER),
          new Column("normalized_code", ColumnType.VARCHAR),
          new Column("customer_id", ColumnType.VARCHAR),
          new Column("currency", ColumnType.VARCHAR),
          new Column("amount", ColumnType.BIGINT),
          new Column("reusable_after_cancel", ColumnType.BOOLEAN),
          new Column("released", ColumnType.BOOLEAN),
          new Column("redeemed_at", ColumnType.TIMESTAMP),
          new Column("order_total_major", ColumnType.NUMERIC));

  private PricingTraceWriter() {}

  /**
   * Adds the long traces, and the redemptions.
   *
   * @param traces the trace of each order; null for an order without a trace
   */
  static void add(TableInsert.Batch batch, List<NewOrder> orders, List<@Nullable String> traces) {
    TableInsert.Rows longTraces = batch.rows(LONG_TRACES);
    for (int i = 0; i < orders.size(); i++) {
      String trace = traces.get(i);
      if (trace != null && !isShort(trace)) {
        longTraces.add(orders.get(i).id().value(), trace);
      }
    }
    TableInsert.Rows redemptions = batch.rows(REDEMPTIONS);
    orders.forEach(order -> addRedemptions(redemptions, order));
  }

  /** Whether a trace is stored in the row of its order. */
  static boolean isShort(String trace) {
    return trace.length() <= MAX_CHARACTERS_IN_ORDER;
  }

  /** The trace of an order as a text; null if it has none. */
  static @Nullable String format(NewOrder order) {
    if (order.trace().isEmpty()) {
      return null;
    }
    requireMatchesDiscounts(order);
    return PricingTraceText.format(order.trace());
  }

  /** The trace is read with the discounts of the order, so both must match. */
  private static void requireMatchesDiscounts(NewOrder order) {
    Map<RuleId, RuleDiscountShare> shares = RuleDiscountShare.byRule(order.price());
    RuleDiscountShare none = RuleDiscountShare.none(order.price());
    for (RuleTrace each : order.trace()) {
      if (each.outcome() instanceof RuleOutcome.Applied applied
          && !shares.getOrDefault(each.rule(), none).matches(applied)) {
        throw new IllegalArgumentException(
            "the pricing trace of an order must match its discounts");
      }
    }
  }

  private static void addRedemptions(TableInsert.Rows rows, NewOrder order) {
    BigDecimal orderTotal = order.price().total().toBigDecimal();
    OffsetDateTime placedAt = utc(order.placedAt());
    for (Redemption redemption : order.redemptions()) {
      rows.add(
          order.id().value(),
          redemption.rule().toUuid(),
          redemption.ruleVersion(),
          redemption.code() == null ? null : redemption.code().key(),
          order.customer() == null ? null : order.customer().value(),
          redemption.amount().currency().getCurrencyCode(),
          redemption.amount().minorUnits(),
          redemption.isReusable(),
          false,
          placedAt,
          orderTotal);
    }
  }
}
