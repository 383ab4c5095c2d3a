package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.array;
import static kassa.adapters.persistence.jdbc.SqlValues.code;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.executeLargeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kassa.domain.order.NewOrder;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.Redemption;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Inserts the pricing traces and rule redemptions of orders. */
final class PricingTraceWriter {

  private static final String INSERT_TRACE =
      """
      insert into pricing_traces (
        order_id, rule_ids, rule_versions, labels, outcomes, codes, unapplied_amounts,
        skip_reasons, condition_pointers, expected_values, actual_values)
      values (
        :order, :ruleIds, :ruleVersions, :labels, :outcomes, :codes, :unappliedAmounts,
        :skipReasons, :conditionPointers, :expectedValues, :actualValues)
      """;

  private static final String INSERT_REDEMPTION =
      """
      insert into redemptions (
        order_id, rule_id, rule_version, normalized_code, customer_id, currency, amount,
        reusable_after_cancel, released, redeemed_at, order_total_major)
      values (
        :order, :rule, :ruleVersion, :code, :customer, :currency, :amount, :reusable,
        false, :at, :orderTotal)
      """;

  private PricingTraceWriter() {}

  static void insert(Handle handle, List<NewOrder> orders) {
    PreparedBatch trace = handle.prepareBatch(INSERT_TRACE);
    orders.forEach(order -> addTrace(trace, order));
    executeBatch(trace);
    PreparedBatch redemptions = handle.prepareBatch(INSERT_REDEMPTION);
    orders.forEach(order -> addRedemptions(redemptions, order));
    executeBatch(redemptions);
  }

  /** An order without a pricing trace gets no row. */
  private static void addTrace(PreparedBatch batch, NewOrder order) {
    List<RuleTrace> trace = order.trace();
    if (trace.isEmpty()) {
      return;
    }
    requireMatchesDiscounts(order);
    batch
        .bind("order", order.id().value())
        .bind("ruleIds", array("uuid", trace, each -> each.rule().toUuid()))
        .bind("ruleVersions", array("int4", trace, RuleTrace::version))
        .bind("labels", array("varchar", trace, RuleTrace::label))
        .bind("outcomes", array("varchar", trace, PricingTraceReader::outcome))
        .bind("codes", array("varchar", trace, applied(applied -> code(applied.code()))))
        .bind(
            "unappliedAmounts",
            array("int8", trace, applied(applied -> applied.unapplied().minorUnits())))
        .bind(
            "skipReasons", array("varchar", trace, skipped(skipped -> enumName(skipped.reason()))))
        .bind("conditionPointers", array("varchar", trace, skipped(RuleOutcome.Skipped::path)))
        .bind("expectedValues", array("varchar", trace, skipped(RuleOutcome.Skipped::expected)))
        .bind("actualValues", array("varchar", trace, skipped(RuleOutcome.Skipped::found)))
        .add();
    executeLargeBatch(batch);
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

  private static Function<RuleTrace, @Nullable Object> applied(
      Function<RuleOutcome.Applied, @Nullable Object> value) {
    return each ->
        each.outcome() instanceof RuleOutcome.Applied applied ? value.apply(applied) : null;
  }

  private static Function<RuleTrace, @Nullable Object> skipped(
      Function<RuleOutcome.Skipped, @Nullable Object> value) {
    return each ->
        each.outcome() instanceof RuleOutcome.Skipped skipped ? value.apply(skipped) : null;
  }

  private static void addRedemptions(PreparedBatch batch, NewOrder order) {
    BigDecimal orderTotal = order.price().total().toBigDecimal();
    for (Redemption redemption : order.redemptions()) {
      batch
          .bind("order", order.id().value())
          .bind("rule", redemption.rule().toUuid())
          .bind("ruleVersion", redemption.ruleVersion())
          .bind("code", redemption.code() == null ? null : redemption.code().key())
          .bind("customer", order.customer() == null ? null : order.customer().value())
          .bind("currency", redemption.amount().currency().getCurrencyCode())
          .bind("amount", redemption.amount().minorUnits())
          .bind("reusable", redemption.isReusable())
          .bind("at", timestamp(order.placedAt()))
          .bind("orderTotal", orderTotal)
          .add();
      executeLargeBatch(batch);
    }
  }
}
