package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.array;
import static kassa.adapters.persistence.SqlValues.code;
import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.word;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kassa.domain.order.NewOrder;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.Verdict;
import kassa.domain.redemption.Redemption;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes why orders cost what they cost, and which rules they used, beside the orders themselves.
 */
final class ReasonsWriter {

  private static final String TRACE =
      """
      insert into order_traces (
        order_id, rules, rule_versions, labels, verdicts, codes, dropped,
        reasons, paths, expected, found)
      values (
        :order, :rules, :ruleVersions, :labels, :verdicts, :codes, :dropped,
        :reasons, :paths, :expected, :found)
      """;

  private static final String REDEMPTION =
      """
      insert into redemptions (
        order_id, rule_id, rule_version, code_key, customer_id, currency, amount, reusable,
        given_back, redeemed_at, order_total)
      values (
        :order, :rule, :ruleVersion, :code, :customer, :currency, :amount, :reusable,
        false, :at, :orderTotal)
      """;

  private ReasonsWriter() {}

  static void insert(Handle handle, List<NewOrder> orders) {
    PreparedBatch trace = handle.prepareBatch(TRACE);
    orders.forEach(order -> addTrace(trace, order));
    execute(trace);
    PreparedBatch redemptions = handle.prepareBatch(REDEMPTION);
    orders.forEach(order -> addRedemptions(redemptions, order));
    execute(redemptions);
  }

  /** Orders that are older than their trace have none. */
  private static void addTrace(PreparedBatch batch, NewOrder order) {
    List<RuleTrace> trace = order.trace();
    if (trace.isEmpty()) {
      return;
    }
    requireOfDiscounts(order);
    batch
        .bind("order", order.id().value())
        .bind("rules", array("uuid", trace, each -> each.rule().toUuid()))
        .bind("ruleVersions", array("int4", trace, RuleTrace::version))
        .bind("labels", array("varchar", trace, RuleTrace::label))
        .bind("verdicts", array("varchar", trace, TraceReader::verdict))
        .bind("codes", array("varchar", trace, applied(applied -> code(applied.code()))))
        .bind("dropped", array("int8", trace, applied(applied -> applied.dropped().minorUnits())))
        .bind("reasons", array("varchar", trace, skipped(skipped -> word(skipped.reason()))))
        .bind("paths", array("varchar", trace, skipped(Verdict.Skipped::path)))
        .bind("expected", array("varchar", trace, skipped(Verdict.Skipped::expected)))
        .bind("found", array("varchar", trace, skipped(Verdict.Skipped::found)))
        .add();
  }

  /** What a rule took off which line is read from the discounts, so it has to stand there. */
  private static void requireOfDiscounts(NewOrder order) {
    Map<RuleId, TakenOff> takenOff = TakenOff.byRule(order.price());
    TakenOff nothing = TakenOff.nothing(order.price());
    for (RuleTrace each : order.trace()) {
      if (each.verdict() instanceof Verdict.Applied applied
          && !takenOff.getOrDefault(each.rule(), nothing).isToldBy(applied)) {
        throw new IllegalArgumentException("the trace of an order must tell of its discounts");
      }
    }
  }

  private static Function<RuleTrace, @Nullable Object> applied(
      Function<Verdict.Applied, @Nullable Object> part) {
    return each -> each.verdict() instanceof Verdict.Applied applied ? part.apply(applied) : null;
  }

  private static Function<RuleTrace, @Nullable Object> skipped(
      Function<Verdict.Skipped, @Nullable Object> part) {
    return each -> each.verdict() instanceof Verdict.Skipped skipped ? part.apply(skipped) : null;
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
          .bind("orderTotal", order.price().total().toBigDecimal())
          .add();
    }
  }
}
