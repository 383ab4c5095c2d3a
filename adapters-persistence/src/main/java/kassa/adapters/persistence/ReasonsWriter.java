package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.code;
import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.word;

import java.util.List;
import java.util.Map;
import kassa.domain.order.NewOrder;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.Verdict;
import kassa.domain.redemption.Redemption;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes why orders cost what they cost, and which rules they used, beside the orders themselves.
 */
final class ReasonsWriter {

  private static final String REJECTION =
      """
      insert into order_rejections (order_id, position, code, rule_id, reason)
      values (:order, :position, :code, cast(:rule as uuid), :reason)
      """;

  private static final String TRACE =
      """
      insert into order_trace (
        order_id, position, rule_id, rule_version, label, verdict, code, dropped,
        reason, path, expected, found)
      values (
        :order, :position, :rule, :ruleVersion, :label, :verdict, :code, :dropped,
        :reason, :path, :expected, :found)
      """;

  private static final String REDEMPTION =
      """
      insert into redemptions (
        order_id, rule_id, rule_version, code_key, customer_id, currency, amount, reusable,
        given_back, redeemed_at)
      values (
        :order, :rule, :ruleVersion, :code, :customer, :currency, :amount, :reusable,
        false, :at)
      """;

  private ReasonsWriter() {}

  static void insert(Handle handle, List<NewOrder> orders) {
    PreparedBatch rejections = handle.prepareBatch(REJECTION);
    orders.forEach(order -> addRejections(rejections, order));
    execute(rejections);
    PreparedBatch trace = handle.prepareBatch(TRACE);
    orders.forEach(order -> addTrace(trace, order));
    execute(trace);
    PreparedBatch redemptions = handle.prepareBatch(REDEMPTION);
    orders.forEach(order -> addRedemptions(redemptions, order));
    execute(redemptions);
  }

  private static void addRejections(PreparedBatch batch, NewOrder order) {
    List<Rejection> rejected = order.rejected();
    for (int position = 0; position < rejected.size(); position++) {
      Rejection rejection = rejected.get(position);
      batch
          .bind("order", order.id().value())
          .bind("position", position)
          .bind("code", code(rejection.code()))
          .bind("rule", rejection.rule() == null ? null : rejection.rule().toUuid())
          .bind("reason", word(rejection.reason()))
          .add();
    }
  }

  private static void addTrace(PreparedBatch batch, NewOrder order) {
    Map<RuleId, TakenOff> takenOff = TakenOff.byRule(order.price());
    List<RuleTrace> trace = order.trace();
    for (int position = 0; position < trace.size(); position++) {
      RuleTrace each = trace.get(position);
      batch
          .bind("order", order.id().value())
          .bind("position", position)
          .bind("rule", each.rule().toUuid())
          .bind("ruleVersion", each.version())
          .bind("label", each.label());
      TakenOff ofRule = takenOff.getOrDefault(each.rule(), TakenOff.nothing(order.price()));
      switch (each.verdict()) {
        case Verdict.Applied applied -> bind(batch, applied, ofRule).add();
        case Verdict.Skipped skipped -> bind(batch, skipped).add();
      }
    }
  }

  /** What a rule took off which line is read from the discounts, so it has to stand there. */
  private static PreparedBatch bind(
      PreparedBatch batch, Verdict.Applied applied, TakenOff takenOff) {
    if (!applied.lines().equals(takenOff.lines())
        || !applied.shipping().equals(takenOff.shipping())) {
      throw new IllegalArgumentException("the trace of an order must tell of its discounts");
    }
    return batch
        .bind("verdict", TraceReader.APPLIED)
        .bind("code", code(applied.code()))
        .bind("dropped", applied.dropped().minorUnits())
        .bind("reason", (String) null)
        .bind("path", (String) null)
        .bind("expected", (String) null)
        .bind("found", (String) null);
  }

  private static PreparedBatch bind(PreparedBatch batch, Verdict.Skipped skipped) {
    return batch
        .bind("verdict", TraceReader.SKIPPED)
        .bind("code", (String) null)
        .bind("dropped", (Long) null)
        .bind("reason", word(skipped.reason()))
        .bind("path", skipped.path())
        .bind("expected", skipped.expected())
        .bind("found", skipped.found());
  }

  private static void addRedemptions(PreparedBatch batch, NewOrder order) {
    for (Redemption redemption : order.redemptions()) {
      batch
          .bind("order", order.id().value())
          .bind("rule", redemption.rule().toUuid())
          .bind("ruleVersion", redemption.ruleVersion())
          .bind("code", redemption.code() == null ? null : redemption.code().key())
          .bind("customer", order.customer() == null ? null : order.customer().value())
          .bind("currency", redemption.amount().currency().getCurrencyCode())
          .bind("amount", redemption.amount().minorUnits())
          .bind("reusable", redemption.reusable())
          .bind("at", utc(order.placedAt()))
          .add();
    }
  }
}
