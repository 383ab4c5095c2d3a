package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.SqlValues.code;
import static kassa.adapters.persistence.SqlValues.nullableLong;
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

  static final String APPLIED = "applied";
  static final String SKIPPED = "skipped";

  /** An order without a trace has one row, without a verdict. */
  static final String VERDICTS =
      """
      select
        o.currency, t.rule_id, t.rule_version, t.label, t.verdict, t.code, t.dropped,
        t.reason, t.path, t.expected, t.found
      from orders o
      left join order_trace t on t.order_id = o.id
      where o.id = :id
      order by t.position
      """;

  /** Shipping last; it does not matter where it stands. */
  static final String TAKEN_OFF =
      """
      select rule_id, line_position, sum(amount) as amount
      from order_discounts where order_id = :id
      group by rule_id, line_position
      union all
      select rule_id, -1, sum(amount)
      from order_shipping_discounts where order_id = :id
      group by rule_id
      order by 1, 2
      """;

  /** A row of order_trace with the currency of its order, unchecked. */
  private record Row(
      String currency,
      @Nullable UUID ruleId,
      int ruleVersion,
      @Nullable String label,
      @Nullable String verdict,
      @Nullable String code,
      @Nullable Long dropped,
      @Nullable String reason,
      @Nullable String path,
      @Nullable String expected,
      @Nullable String found) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("currency"),
          row.getObject("rule_id", UUID.class),
          row.getInt("rule_version"),
          row.getString("label"),
          row.getString("verdict"),
          row.getString("code"),
          nullableLong(row, "dropped"),
          row.getString("reason"),
          row.getString("path"),
          row.getString("expected"),
          row.getString("found"));
    }
  }

  private TraceReader() {}

  /**
   * The trace of an order, if there is such an order.
   *
   * @throws IllegalStateException if it is damaged; the message names the order
   */
  static Optional<List<RuleTrace>> find(Handle handle, OrderId id) {
    List<Row> rows =
        handle
            .createQuery(VERDICTS)
            .bind("id", id.value())
            .map((row, context) -> Row.of(row))
            .list();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    if (rows.getFirst().verdict() == null) {
      return Optional.of(List.of());
    }
    try {
      Currency currency = Currency.getInstance(rows.getFirst().currency());
      Map<UUID, TakenOff> takenOff = takenOff(handle, id, currency);
      return Optional.of(rows.stream().map(row -> trace(row, takenOff, currency)).toList());
    } catch (IllegalArgumentException | NullPointerException damage) {
      throw new IllegalStateException(
          "the trace of order " + id + " is damaged in the database", damage);
    }
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

  private static RuleTrace trace(Row row, Map<UUID, TakenOff> takenOff, Currency currency) {
    UUID rule = requireNonNull(row.ruleId());
    return new RuleTrace(
        RuleId.of(rule),
        row.ruleVersion(),
        requireNonNull(row.label()),
        switch (requireNonNull(row.verdict())) {
          case APPLIED ->
              applied(
                  row,
                  takenOff.getOrDefault(rule, new TakenOff(List.of(), Money.zero(currency))),
                  currency);
          case SKIPPED ->
              new Verdict.Skipped(
                  word(SkipReason.class, requireNonNull(row.reason())),
                  row.path(),
                  row.expected(),
                  row.found());
          default -> throw new IllegalArgumentException("no verdict is " + row.verdict());
        });
  }

  private static Verdict applied(Row row, TakenOff takenOff, Currency currency) {
    return new Verdict.Applied(
        code(row.code()),
        takenOff.lines(),
        takenOff.shipping(),
        new Money(requireNonNull(row.dropped()), currency));
  }
}
