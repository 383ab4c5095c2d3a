package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.texts;
import static kassa.adapters.persistence.SqlValues.uuid;
import static kassa.adapters.persistence.SqlValues.uuids;
import static kassa.adapters.persistence.SqlValues.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.Counter.Kind;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;

/**
 * Reads counters by one statement, however many they are; those that have no row yet are counted
 * from the redemptions, by one statement for each kind.
 */
final class CounterRows {

  private static final String WANTED =
      """
      from unnest(
        cast(:rules as uuid array), cast(:kinds as varchar array), cast(:subjects as varchar array))
        as k (rule_id, kind, subject)
      """;

  static final String KEPT =
      """
      select c.rule_id, c.kind, c.subject, c.used
      %s
      join rule_counters c
        on c.rule_id = k.rule_id and c.kind = k.kind and c.subject = k.subject
      """
          .formatted(WANTED);

  private CounterRows() {}

  /** What counting redemptions of each kind comes to. */
  static String counted(Kind kind) {
    String amount = kind == Kind.SPEND ? "sum(r.amount)" : "count(*)";
    String ofSubject =
        switch (kind) {
          case TOTAL -> "";
          case CODE -> " and r.code_key = k.subject";
          case CUSTOMER -> " and r.customer_id = k.subject";
          case SPEND -> " and r.currency = k.subject";
        };
    return """
    select k.rule_id, k.kind, k.subject, %s as used
    %s
    join redemptions r on r.rule_id = k.rule_id%s
    where not r.given_back
    group by k.rule_id, k.kind, k.subject
    """
        .formatted(amount, WANTED, ofSubject);
  }

  /** The counters that have a row. */
  static Map<Counter, Long> kept(Handle handle, Collection<Counter> counters) {
    return counters.isEmpty() ? Map.of() : read(handle, KEPT, counters);
  }

  /** What the redemptions come to; a counter that is not in it has none. */
  static Map<Counter, Long> counted(Handle handle, Collection<Counter> counters) {
    Map<Counter, Long> counted = new HashMap<>();
    Map<Kind, List<Counter>> byKind =
        counters.stream()
            .collect(Collectors.groupingBy(Counter::kind, TreeMap::new, Collectors.toList()));
    byKind.forEach((kind, some) -> counted.putAll(read(handle, counted(kind), some)));
    return counted;
  }

  private static Map<Counter, Long> read(Handle handle, String sql, Collection<Counter> counters) {
    Map<Counter, Long> values = new HashMap<>();
    handle
        .createQuery(sql)
        .bind("rules", uuids(counters.stream().map(counter -> counter.rule().toUuid()).toList()))
        .bind("kinds", texts(counters.stream().map(counter -> word(counter.kind())).toList()))
        .bind("subjects", texts(counters.stream().map(Counter::subject).toList()))
        .reduceResultSet(
            values,
            (found, row, context) -> {
              found.put(counter(row), row.getLong("used"));
              return found;
            });
    return values;
  }

  private static Counter counter(ResultSet row) throws SQLException {
    return new Counter(
        RuleId.of(uuid(row, "rule_id")),
        word(Kind.class, row.getString("kind")),
        row.getString("subject"));
  }
}
