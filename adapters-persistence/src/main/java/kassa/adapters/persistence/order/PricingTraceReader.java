package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.arrayColumn;
import static kassa.adapters.persistence.jdbc.SqlValues.code;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import kassa.domain.money.Money;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the pricing trace of one order with two statements: the outcomes, and the discounts. */
public final class PricingTraceReader {

  /** An order without a trace has one row that contains only the currency. */
  public static final String OUTCOMES =
      """
      select
        o.currency, t.rule_ids, t.rule_versions, t.labels, t.outcomes, t.codes,
        t.unapplied_amounts, t.skip_reasons, t.condition_pointers, t.expected_values,
        t.actual_values
      from orders o
      left join pricing_traces t on t.order_id = o.id
      where o.id = :id
      """;

  /** Shipping has position -1 and comes first; the place of shipping does not matter. */
  public static final String DISCOUNT_SHARES =
      """
      select rule_id, line_position, sum(amount) as amount
      from order_discounts where order_id = :id
      group by rule_id, line_position
      order by rule_id, line_position
      """;

  private static final String APPLIED = "applied";
  private static final String SKIPPED = "skipped";

  /** A row of {@code pricing_traces} with the currency of its order, not validated. */
  private record TraceRow(
      String currency,
      List<@Nullable UUID> rules,
      List<@Nullable Integer> ruleVersions,
      List<@Nullable String> labels,
      List<@Nullable String> outcomes,
      List<@Nullable String> codes,
      List<@Nullable Long> unappliedAmounts,
      List<@Nullable String> skipReasons,
      List<@Nullable String> conditionPointers,
      List<@Nullable String> expectedValues,
      List<@Nullable String> actualValues) {

    static TraceRow of(ResultSet row) throws SQLException {
      return new TraceRow(
          row.getString("currency"),
          arrayColumn(row, "rule_ids", UUID.class),
          arrayColumn(row, "rule_versions", Integer.class),
          arrayColumn(row, "labels", String.class),
          arrayColumn(row, "outcomes", String.class),
          arrayColumn(row, "codes", String.class),
          arrayColumn(row, "unapplied_amounts", Long.class),
          arrayColumn(row, "skip_reasons", String.class),
          arrayColumn(row, "condition_pointers", String.class),
          arrayColumn(row, "expected_values", String.class),
          arrayColumn(row, "actual_values", String.class));
    }

    List<RuleTrace> toTrace(Map<UUID, RuleDiscountShare> shares) {
      Currency money = Currency.getInstance(currency);
      return IntStream.range(0, rules.size()).mapToObj(i -> trace(i, shares, money)).toList();
    }

    private RuleTrace trace(int i, Map<UUID, RuleDiscountShare> shares, Currency money) {
      UUID rule = requireNonNull(rules.get(i));
      RuleDiscountShare ofRule =
          shares.getOrDefault(rule, new RuleDiscountShare(List.of(), Money.zero(money)));
      return new RuleTrace(
          RuleId.of(rule),
          requireNonNull(ruleVersions.get(i)),
          requireNonNull(labels.get(i)),
          switch (requireNonNull(outcomes.get(i))) {
            case APPLIED ->
                new RuleOutcome.Applied(
                    code(codes.get(i)),
                    ofRule.lines(),
                    ofRule.shipping(),
                    new Money(requireNonNull(unappliedAmounts.get(i)), money));
            case SKIPPED ->
                new RuleOutcome.Skipped(
                    parseEnum(SkipReason.class, requireNonNull(skipReasons.get(i))),
                    conditionPointers.get(i),
                    expectedValues.get(i),
                    actualValues.get(i));
            default -> throw new IllegalArgumentException("unknown outcome " + outcomes.get(i));
          });
    }
  }

  private PricingTraceReader() {}

  /**
   * Reads the pricing trace of an order; empty if the order does not exist.
   *
   * @throws IllegalStateException if the trace is damaged; the message contains the order id
   */
  static Optional<List<RuleTrace>> find(Handle handle, OrderId id) {
    TraceRow trace =
        handle
            .createQuery(OUTCOMES)
            .bind("id", id.value())
            .map((row, context) -> TraceRow.of(row))
            .findOne()
            .orElse(null);
    if (trace == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          trace.toTrace(discountShares(handle, id, Currency.getInstance(trace.currency()))));
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException damage) {
      throw new IllegalStateException(
          "the pricing trace of order " + id + " is damaged in the database", damage);
    }
  }

  /** The column value of an outcome. */
  static String outcome(RuleTrace trace) {
    return switch (trace.outcome()) {
      case RuleOutcome.Applied ignored -> APPLIED;
      case RuleOutcome.Skipped ignored -> SKIPPED;
    };
  }

  private static Map<UUID, RuleDiscountShare> discountShares(
      Handle handle, OrderId id, Currency currency) {
    RuleDiscountShare none = new RuleDiscountShare(List.of(), Money.zero(currency));
    return handle
        .createQuery(DISCOUNT_SHARES)
        .bind("id", id.value())
        .reduceResultSet(
            new HashMap<>(),
            (byRule, row, context) -> {
              UUID rule = uuid(row, "rule_id");
              int line = row.getInt("line_position");
              Money amount = new Money(row.getLong("amount"), currency);
              byRule.put(rule, byRule.getOrDefault(rule, none).plus(line, amount));
              return byRule;
            });
  }
}
