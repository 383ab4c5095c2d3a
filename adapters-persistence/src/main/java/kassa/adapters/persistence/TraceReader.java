package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.SqlValues.code;
import static kassa.adapters.persistence.SqlValues.list;
import static kassa.adapters.persistence.SqlValues.uuid;
import static kassa.adapters.persistence.SqlValues.word;

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
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.Verdict;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the trace of one order by two statements: the verdicts, and what they took off. */
final class TraceReader {

  /** An order without a trace has one row with nothing in it but the currency. */
  static final String VERDICTS =
      """
      select
        o.currency, t.rules, t.rule_versions, t.labels, t.verdicts, t.codes, t.dropped,
        t.reasons, t.paths, t.expected, t.found
      from orders o
      left join order_traces t on t.order_id = o.id
      where o.id = :id
      """;

  /** Shipping first; it does not matter where it stands. */
  static final String TAKEN_OFF =
      """
      select rule_id, line_position, sum(amount) as amount
      from order_discounts where order_id = :id
      group by rule_id, line_position
      order by rule_id, line_position
      """;

  private static final String APPLIED = "applied";
  private static final String SKIPPED = "skipped";

  /** A row of order_traces with the currency of its order, unchecked. */
  private record Row(
      String currency,
      List<@Nullable UUID> rules,
      List<@Nullable Integer> ruleVersions,
      List<@Nullable String> labels,
      List<@Nullable String> verdicts,
      List<@Nullable String> codes,
      List<@Nullable Long> dropped,
      List<@Nullable String> reasons,
      List<@Nullable String> paths,
      List<@Nullable String> expected,
      List<@Nullable String> found) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("currency"),
          list(row, "rules", UUID.class),
          list(row, "rule_versions", Integer.class),
          list(row, "labels", String.class),
          list(row, "verdicts", String.class),
          list(row, "codes", String.class),
          list(row, "dropped", Long.class),
          list(row, "reasons", String.class),
          list(row, "paths", String.class),
          list(row, "expected", String.class),
          list(row, "found", String.class));
    }

    List<RuleTrace> toTrace(Map<UUID, TakenOff> takenOff) {
      Currency money = Currency.getInstance(currency);
      return IntStream.range(0, rules.size()).mapToObj(i -> trace(i, takenOff, money)).toList();
    }

    private RuleTrace trace(int i, Map<UUID, TakenOff> takenOff, Currency money) {
      UUID rule = requireNonNull(rules.get(i));
      TakenOff ofRule = takenOff.getOrDefault(rule, new TakenOff(List.of(), Money.zero(money)));
      return new RuleTrace(
          RuleId.of(rule),
          requireNonNull(ruleVersions.get(i)),
          requireNonNull(labels.get(i)),
          switch (requireNonNull(verdicts.get(i))) {
            case APPLIED ->
                new Verdict.Applied(
                    code(codes.get(i)),
                    ofRule.lines(),
                    ofRule.shipping(),
                    new Money(requireNonNull(dropped.get(i)), money));
            case SKIPPED ->
                new Verdict.Skipped(
                    word(SkipReason.class, requireNonNull(reasons.get(i))),
                    paths.get(i),
                    expected.get(i),
                    found.get(i));
            default -> throw new IllegalArgumentException("no verdict is " + verdicts.get(i));
          });
    }
  }

  private TraceReader() {}

  /**
   * The trace of an order, if there is such an order.
   *
   * @throws IllegalStateException if it is damaged; the message names the order
   */
  static Optional<List<RuleTrace>> find(Handle handle, OrderId id) {
    Row row =
        handle
            .createQuery(VERDICTS)
            .bind("id", id.value())
            .map((found, context) -> Row.of(found))
            .findOne()
            .orElse(null);
    if (row == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(row.toTrace(takenOff(handle, id, Currency.getInstance(row.currency()))));
    } catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException damage) {
      throw new IllegalStateException(
          "the trace of order " + id + " is damaged in the database", damage);
    }
  }

  /** The word for a verdict. */
  static String verdict(RuleTrace trace) {
    return switch (trace.verdict()) {
      case Verdict.Applied ignored -> APPLIED;
      case Verdict.Skipped ignored -> SKIPPED;
    };
  }

  private static Map<UUID, TakenOff> takenOff(Handle handle, OrderId id, Currency currency) {
    TakenOff nothing = new TakenOff(List.of(), Money.zero(currency));
    return handle
        .createQuery(TAKEN_OFF)
        .bind("id", id.value())
        .reduceResultSet(
            new HashMap<>(),
            (byRule, row, context) -> {
              UUID rule = uuid(row, "rule_id");
              int line = row.getInt("line_position");
              Money amount = new Money(row.getLong("amount"), currency);
              byRule.put(rule, byRule.getOrDefault(rule, nothing).plus(line, amount));
              return byRule;
            });
  }
}
