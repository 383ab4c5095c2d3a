package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Invariants of a database that must hold after any crash of its servers. */
final class ConsistencyChecks {

  /** Queries that return the violations of one invariant. */
  private static final List<String> INCONSISTENCY_QUERIES =
      List.of(
          "select 'order without both lines', o.id from orders o"
              + " where (select count(*) from order_lines l where l.order_id = o.id) <> 2",
          "select 'order total differs from its lines', o.id from orders o where o.total <>"
              + " (select sum(l.total) from order_lines l where l.order_id = o.id)",
          "select 'line total differs from subtotal minus discounts', l.order_id"
              + " from order_lines l where l.subtotal - l.total <> coalesce("
              + " (select sum(d.amount) from order_discounts d"
              + "  where d.order_id = l.order_id and d.line_position = l.position), 0)",
          "select 'order without a trace', o.id from orders o where o.pricing_trace is null and not"
              + " exists (select 1 from pricing_traces t where t.order_id = o.id)",
          "select 'order without metadata', o.id from orders o"
              + " where o.metadata_keys is null or o.metadata_values is null",
          "select 'discount without a redemption', d.order_id"
              + " from order_discounts d where not exists (select 1 from redemptions r"
              + "  where r.order_id = d.order_id and r.rule_id = d.rule_id)",
          "select 'redemption amount differs from discounts', r.order_id from redemptions r"
              + " where r.amount <> (select sum(d.amount) from order_discounts d"
              + "  where d.order_id = r.order_id and d.rule_id = r.rule_id)",
          "select 'redemption of a cancelled order not released, or released without a"
              + " cancellation', r.order_id from redemptions r join orders o on o.id = r.order_id"
              + " where r.released <> (o.status = 'cancelled')",
          "select 'refunded total differs from refunds', o.id from orders o"
              + " where o.refunded_total <> (select coalesce(sum(r.total), 0) from refunds r"
              + "  where r.order_id = o.id)",
          "select 'refund total differs from its parts', r.order_id from refunds r"
              + " where r.total <> r.adjustment_amount + r.shipping_amount + coalesce("
              + " (select sum(l.amount) from refund_lines l"
              + "  where l.order_id = r.order_id and l.version = r.version), 0)",
          "select 'refunded more than paid', o.id from orders o"
              + " where o.refunded_total > case when o.paid_at is null then 0 else o.total end",
          "select 'status differs from the last event', o.id from orders o"
              + " join order_events e on e.order_id = o.id and e.version = o.version"
              + " where e.to_status <> o.status",
          "select 'version differs from the number of events', o.id from orders o"
              + " where o.version <> 1 + (select count(*) from order_events e"
              + "  where e.order_id = o.id)",
          orphanQuery("order_events"),
          orphanQuery("refunds"),
          orphanQuery("refund_lines"),
          orphanQuery("order_lines"),
          orphanQuery("order_discounts"),
          orphanQuery("pricing_traces"),
          orphanQuery("redemptions"),
          "select 'counter', c.rule_id from rule_usage_counters c where c.used <> case c.kind"
              + " when 'total' then (select count(*) from redemptions r"
              + "  where r.rule_id = c.rule_id and not r.released)"
              + " when 'customer' then (select count(*) from redemptions r"
              + "  where r.rule_id = c.rule_id and not r.released and r.customer_id = c.subject)"
              + " when 'spend' then (select coalesce(sum(r.amount), 0) from redemptions r"
              + "  where r.rule_id = c.rule_id and not r.released and r.currency = c.subject)"
              + " else (select count(*) from redemptions r"
              + "  where r.rule_id = c.rule_id and not r.released"
              + "  and r.normalized_code = c.subject)"
              + " end");

  private ConsistencyChecks() {}

  private static String orphanQuery(String table) {
    return "select 'row of %s without an order', x.order_id from %s x".formatted(table, table)
        + " where not exists (select 1 from orders o where o.id = x.order_id)";
  }

  /** Checks all invariants, and that the database has at least the acknowledged orders. */
  static void assertConsistent(String url, int acknowledged, String when) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> found = new ArrayList<>();
      for (String sql : INCONSISTENCY_QUERIES) {
        try (ResultSet rows = statement.executeQuery(sql)) {
          while (rows.next()) {
            found.add(rows.getString(1) + ": " + rows.getString(2));
          }
        }
      }
      assertThat(found).as(when).isEmpty();
      assertThat(queryNumber(statement, "select count(*) from orders"))
          .as("orders %s", when)
          .isGreaterThanOrEqualTo(acknowledged);
      assertThat(queryNumber(statement, "select count(*) from rule_usage_counters"))
          .as("counters %s", when)
          .isPositive();
    }
  }

  private static long queryNumber(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
