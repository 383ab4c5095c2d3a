package kassa.adapters.persistence.usage;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;
import static kassa.adapters.persistence.jdbc.SqlValues.textArray;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.UsageCounter;
import kassa.domain.usage.UsageCounter.Kind;
import org.jdbi.v3.core.Handle;

/**
 * Reads any number of usage counters with one statement. Counters without a row are counted from
 * the redemptions, with one statement for each kind.
 */
public final class LimitCounterReader {

  private static final String REQUESTED_KEYS =
      """
      from unnest(
        cast(:rules as uuid array), cast(:kinds as varchar array), cast(:subjects as varchar array))
        as k (rule_id, kind, subject)
      """;

  public static final String STORED =
      """
      select c.rule_id, c.kind, c.subject, c.used
      %s
      join rule_usage_counters c
        on c.rule_id = k.rule_id and c.kind = k.kind and c.subject = k.subject
      """
          .formatted(REQUESTED_KEYS);

  private LimitCounterReader() {}

  /**
   * SQL of a sum of discounts for a bigint column. The maximum is above every budget; a discount
   * can be added to it without an overflow.
   */
  static String cappedSum(String column) {
    return "cast(least(sum(cast(" + column + " as numeric(38))), 4000000000000000000) as bigint)";
  }

  /** SQL that counts the redemptions of counters of one kind. */
  public static String countRedemptionsSql(Kind kind) {
    String amount = kind == Kind.SPEND ? cappedSum("r.amount") : "count(*)";
    String redemptions = "join redemptions r on r.rule_id = k.rule_id";
    String ofSubject =
        switch (kind) {
          case TOTAL -> redemptions;
          case CODE -> redemptions + " and r.normalized_code = k.subject";
          // Redemptions have no index of customers.
          case CUSTOMER ->
              "join orders o on o.customer_id = k.subject\n"
                  + redemptions
                  + " and r.order_id = o.id";
          case SPEND -> redemptions + " and r.currency = k.subject";
        };
    return """
    select k.rule_id, k.kind, k.subject, %s as used
    %s
    %s
    where not r.released
    group by k.rule_id, k.kind, k.subject
    """
        .formatted(amount, REQUESTED_KEYS, ofSubject);
  }

  /** The values of the counters that have a row. */
  static Map<UsageCounter, Long> findStored(Handle handle, Collection<UsageCounter> counters) {
    return counters.isEmpty() ? Map.of() : read(handle, STORED, counters);
  }

  /** The values counted from redemptions; counters without redemptions are missing. */
  static Map<UsageCounter, Long> countRedemptions(
      Handle handle, Collection<UsageCounter> counters) {
    Map<UsageCounter, Long> counted = new HashMap<>();
    Map<Kind, List<UsageCounter>> byKind =
        counters.stream()
            .collect(Collectors.groupingBy(UsageCounter::kind, TreeMap::new, Collectors.toList()));
    byKind.forEach(
        (kind, ofKind) -> counted.putAll(read(handle, countRedemptionsSql(kind), ofKind)));
    return counted;
  }

  private static Map<UsageCounter, Long> read(
      Handle handle, String sql, Collection<UsageCounter> counters) {
    Map<UsageCounter, Long> values = new HashMap<>();
    handle
        .createQuery(sql)
        .bind(
            "rules", uuidArray(counters.stream().map(counter -> counter.rule().toUuid()).toList()))
        .bind(
            "kinds", textArray(counters.stream().map(counter -> enumName(counter.kind())).toList()))
        .bind("subjects", textArray(counters.stream().map(UsageCounter::subject).toList()))
        .reduceResultSet(
            values,
            (found, row, context) -> {
              found.put(counter(row), row.getLong("used"));
              return found;
            });
    return values;
  }

  private static UsageCounter counter(ResultSet row) throws SQLException {
    return new UsageCounter(
        RuleId.of(uuid(row, "rule_id")),
        parseEnum(Kind.class, row.getString("kind")),
        row.getString("subject"));
  }
}
