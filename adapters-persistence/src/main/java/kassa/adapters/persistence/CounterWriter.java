package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.uuid;
import static kassa.adapters.persistence.SqlValues.uuids;
import static kassa.adapters.persistence.SqlValues.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import kassa.domain.order.OrderId;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.Counter.Kind;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementException;

/**
 * Makes counters and gives back what orders took of them, within a transaction. Counters are always
 * locked in their natural order, so that no two orders wait for each other. See
 * docs/decisions/0061.
 */
final class CounterWriter {

  static final String ONE = "where rule_id = :rule and kind = :kind and subject = :subject";

  private static final String GIVE_BACK =
      "update rule_counters set used = greatest(used - :amount, 0) " + ONE;

  private static final String INSERT =
      """
      insert into rule_counters (rule_id, kind, subject, used)
      values (:rule, :kind, :subject, :used)
      """;

  /** Whoever gives back, or makes a counter, has the rule to himself. */
  private static final String LOCK_RULES =
      "select id from rules where id = any(cast(:rules as uuid array)) order by id for update";

  private static final String TO_GIVE_BACK =
      """
      select rule_id, code_key, customer_id, currency, amount
      from redemptions
      where order_id = any(cast(:orders as uuid array)) and reusable and not given_back
      """;

  private static final String GIVEN_BACK =
      """
      update redemptions set given_back = true
      where order_id = any(cast(:orders as uuid array)) and reusable and not given_back
      """;

  private static final String DELETE = "delete from rule_counters where rule_id = :rule";

  private static final String RECOUNT =
      """
      insert into rule_counters (rule_id, kind, subject, used)
      select rule_id, 'total', '', count(*) from redemptions
      where rule_id = :rule and not given_back
      group by rule_id
      union all
      select rule_id, 'code', code_key, count(*) from redemptions
      where rule_id = :rule and not given_back and code_key is not null
      group by rule_id, code_key
      union all
      select rule_id, 'spend', currency, sum(amount) from redemptions
      where rule_id = :rule and not given_back
      group by rule_id, currency
      """;

  private static final Set<String> TAKEN = Set.of("23505");

  private CounterWriter() {}

  /**
   * Makes the rows that are missing among these, with what was used so far.
   *
   * @return how many they were
   * @throws OvertakenException if another made one of them meanwhile
   */
  static int createMissing(Handle handle, Collection<Counter> counters) {
    lockRules(handle, counters);
    Set<Counter> missing = new TreeSet<>(counters);
    missing.removeAll(CounterRows.kept(handle, counters).keySet());
    Map<Counter, Long> counted = CounterRows.counted(handle, missing);
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (Counter counter : missing) {
      bind(batch, counter).bind("used", counted.getOrDefault(counter, 0L)).add();
    }
    try {
      execute(batch);
      return missing.size();
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        throw new OvertakenException(refused);
      }
      throw refused;
    }
  }

  /** Gives back what orders used and may give back, if they have not done so before. */
  static void giveBack(Handle handle, Collection<OrderId> orders) {
    if (orders.isEmpty()) {
      return;
    }
    Argument ids = uuids(orders.stream().map(OrderId::value).toList());
    SortedMap<Counter, Long> used = new TreeMap<>();
    handle
        .createQuery(TO_GIVE_BACK)
        .bind("orders", ids)
        .reduceResultSet(used, (all, row, context) -> withRedemption(all, row));
    if (used.isEmpty()) {
      return;
    }
    lockRules(handle, used.keySet());
    handle.createUpdate(GIVEN_BACK).bind("orders", ids).execute();
    PreparedBatch batch = handle.prepareBatch(GIVE_BACK);
    used.forEach((counter, amount) -> bind(batch, counter).bind("amount", amount).add());
    execute(batch);
  }

  /**
   * Counts a rule anew whose limits were changed: while it had none, nothing was counted. The
   * counters of customers are made when they come.
   */
  static void recount(Handle handle, KeptRule rule) {
    handle.createUpdate(DELETE).bind("rule", rule.id().toUuid()).execute();
    if (rule.definition().limits().any()) {
      handle.createUpdate(RECOUNT).bind("rule", rule.id().toUuid()).execute();
    }
  }

  private static void lockRules(Handle handle, Collection<Counter> counters) {
    List<UUID> rules =
        counters.stream().map(counter -> counter.rule().toUuid()).distinct().sorted().toList();
    handle.createQuery(LOCK_RULES).bind("rules", uuids(rules)).mapTo(UUID.class).list();
  }

  private static SortedMap<Counter, Long> withRedemption(
      SortedMap<Counter, Long> used, ResultSet row) throws SQLException {
    RuleId rule = RuleId.of(uuid(row, "rule_id"));
    used.merge(Counter.ofAll(rule), 1L, Long::sum);
    used.merge(
        new Counter(rule, Kind.SPEND, row.getString("currency")), row.getLong("amount"), Long::sum);
    if (row.getString("code_key") != null) {
      used.merge(new Counter(rule, Kind.CODE, row.getString("code_key")), 1L, Long::sum);
    }
    if (row.getString("customer_id") != null) {
      used.merge(Counter.ofCustomer(rule, row.getString("customer_id")), 1L, Long::sum);
    }
    return used;
  }

  static <T extends SqlStatement<T>> T bind(T statement, Counter counter) {
    return statement
        .bind("rule", counter.rule().toUuid())
        .bind("kind", word(counter.kind()))
        .bind("subject", counter.subject());
  }
}
