package kassa.adapters.persistence.usage;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

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
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.domain.order.OrderId;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.UsageCounter;
import kassa.domain.usage.UsageCounter.Kind;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementException;

/**
 * Creates usage counters and releases the usage of cancelled orders, within a transaction. Counters
 * are always locked in their natural order, which prevents deadlocks. See docs/decisions/0061.
 */
public final class LimitCounterWriter {

  static final String WHERE_COUNTER =
      "where rule_id = :rule and kind = :kind and subject = :subject";

  private static final String RELEASE =
      "update rule_usage_counters set used = greatest(used - :amount, 0) " + WHERE_COUNTER;

  private static final String INSERT =
      """
      insert into rule_usage_counters (rule_id, kind, subject, used)
      values (:rule, :kind, :subject, :used)
      """;

  /** Row lock on the rules: serializes releases and the creation of counters. */
  private static final String LOCK_RULES =
      "select id from rules where id = any(cast(:rules as uuid array)) order by id for update";

  private static final String SELECT_RELEASABLE =
      """
      select rule_id, normalized_code, customer_id, currency, amount
      from redemptions
      where order_id = any(cast(:orders as uuid array)) and reusable_after_cancel and not released
      """;

  private static final String MARK_RELEASED =
      """
      update redemptions set released = true
      where order_id = any(cast(:orders as uuid array)) and reusable_after_cancel and not released
      """;

  private static final String DELETE = "delete from rule_usage_counters where rule_id = :rule";

  private static final String RECOUNT =
      """
      insert into rule_usage_counters (rule_id, kind, subject, used)
      select rule_id, 'total', '', count(*) from redemptions
      where rule_id = :rule and not released
      group by rule_id
      union all
      select rule_id, 'code', normalized_code, count(*) from redemptions
      where rule_id = :rule and not released and normalized_code is not null
      group by rule_id, normalized_code
      union all
      select rule_id, 'spend', currency, %s from redemptions
      where rule_id = :rule and not released
      group by rule_id, currency
      """
          .formatted(LimitCounterReader.cappedSum("amount"));

  private LimitCounterWriter() {}

  /**
   * Inserts the missing counters, with the usage so far.
   *
   * @return the number of inserted counters
   * @throws WriteConflictException if another transaction inserted one of them first
   */
  public static int createMissing(Handle handle, Collection<UsageCounter> counters) {
    lockRules(handle, counters);
    Set<UsageCounter> missing = new TreeSet<>(counters);
    missing.removeAll(LimitCounterReader.findStored(handle, counters).keySet());
    Map<UsageCounter, Long> counted = LimitCounterReader.countRedemptions(handle, missing);
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (UsageCounter counter : missing) {
      bind(batch, counter).bind("used", counted.getOrDefault(counter, 0L)).add();
    }
    try {
      executeBatch(batch);
      return missing.size();
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new WriteConflictException(failure);
      }
      throw failure;
    }
  }

  /** Releases the reusable usage of orders, unless it is already released. */
  public static void release(Handle handle, Collection<OrderId> orders) {
    if (orders.isEmpty()) {
      return;
    }
    Argument ids = uuidArray(orders.stream().map(OrderId::value).toList());
    SortedMap<UsageCounter, Long> released = new TreeMap<>();
    handle
        .createQuery(SELECT_RELEASABLE)
        .bind("orders", ids)
        .reduceResultSet(released, (sums, row, context) -> addRedemption(sums, row));
    if (released.isEmpty()) {
      return;
    }
    lockRules(handle, released.keySet());
    handle.createUpdate(MARK_RELEASED).bind("orders", ids).execute();
    PreparedBatch batch = handle.prepareBatch(RELEASE);
    released.forEach((counter, amount) -> bind(batch, counter).bind("amount", amount).add());
    executeBatch(batch);
  }

  /**
   * Recounts a rule after a change of its limits, because a rule without limits has no counters.
   * Counters of customers are created on demand.
   */
  public static void recount(Handle handle, StoredRule rule) {
    handle.createUpdate(DELETE).bind("rule", rule.id().toUuid()).execute();
    if (rule.definition().limits().hasAny()) {
      handle.createUpdate(RECOUNT).bind("rule", rule.id().toUuid()).execute();
    }
  }

  private static void lockRules(Handle handle, Collection<UsageCounter> counters) {
    List<UUID> rules =
        counters.stream().map(counter -> counter.rule().toUuid()).distinct().sorted().toList();
    handle.createQuery(LOCK_RULES).bind("rules", uuidArray(rules)).mapTo(UUID.class).list();
  }

  private static SortedMap<UsageCounter, Long> addRedemption(
      SortedMap<UsageCounter, Long> sums, ResultSet row) throws SQLException {
    RuleId rule = RuleId.of(uuid(row, "rule_id"));
    sums.merge(UsageCounter.ofTotal(rule), 1L, Long::sum);
    sums.merge(
        new UsageCounter(rule, Kind.SPEND, row.getString("currency")),
        row.getLong("amount"),
        Long::sum);
    if (row.getString("normalized_code") != null) {
      sums.merge(
          new UsageCounter(rule, Kind.CODE, row.getString("normalized_code")), 1L, Long::sum);
    }
    if (row.getString("customer_id") != null) {
      sums.merge(UsageCounter.ofCustomer(rule, row.getString("customer_id")), 1L, Long::sum);
    }
    return sums;
  }

  static <T extends SqlStatement<T>> T bind(T statement, UsageCounter counter) {
    return statement
        .bind("rule", counter.rule().toUuid())
        .bind("kind", enumName(counter.kind()))
        .bind("subject", counter.subject());
  }
}
