package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.adapters.persistence.catalogue.ProductReader;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.identity.JdbiApiKeyStore;
import kassa.adapters.persistence.identity.JdbiAuditLog;
import kassa.adapters.persistence.identity.JdbiFailedAttemptStore;
import kassa.adapters.persistence.identity.JdbiRateLimitStore;
import kassa.adapters.persistence.identity.JdbiSessionStore;
import kassa.adapters.persistence.identity.JdbiUserStore;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.adapters.persistence.order.OrderHistory;
import kassa.adapters.persistence.order.OrderReader;
import kassa.adapters.persistence.order.PricingTraceReader;
import kassa.adapters.persistence.rule.CodeQueries;
import kassa.adapters.persistence.rule.RuleQueries;
import kassa.adapters.persistence.usage.LimitCounterReader;
import kassa.domain.usage.UsageCounter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryPlanTest {

  @TempDir private Path folder;

  @Test
  void h2_uses_indexes_without_table_scans() {
    try (Database database = TestDatabases.openNew(Dialect.H2, folder)) {
      assertThat(plans(database, OrderReader.BY_ID))
          .contains(": ID = ")
          .containsPattern("(?s)ORDER_LINES.*: ORDER_ID = .*ORDER_DISCOUNTS.*: ORDER_ID = ");
      assertThat(plans(database, OrderReader.BY_NUMBER)).contains(": NUMBER = ");
      assertThat(plans(database, OrderReader.LINES_AND_DISCOUNTS))
          .containsPattern("(?s): ORDER_ID = ANY\\(.*: ORDER_ID = ANY\\(");
      assertThat(plan(database, ProductReader.BY_SKUS)).contains(": SKU = ANY(");
      assertThat(plan(database, ProductReader.PAGE))
          .contains("UQ_PRODUCTS_SKU_UTF8")
          .contains("index sorted");
      assertThat(plan(database, ProductReader.PAGE_AFTER))
          .contains("UQ_PRODUCTS_SKU_UTF8")
          .contains(": SKU_UTF8 > ")
          .contains("index sorted");
      for (String query : queries()) {
        assertThat(plan(database, query)).doesNotContain("tableScan");
      }
    }
  }

  @Test
  void postgresql_uses_indexes_without_seq_scans() {
    try (Database database = TestDatabases.openNew(Dialect.POSTGRESQL, folder)) {
      assertThat(plans(database, OrderReader.BY_ID))
          .contains("pk_orders")
          .contains("pk_order_lines")
          .contains("pk_order_discounts");
      assertThat(plans(database, OrderReader.BY_NUMBER)).contains("uq_orders_number");
      assertThat(plans(database, OrderReader.LINES_AND_DISCOUNTS))
          .contains("pk_order_lines")
          .contains("pk_order_discounts");
      assertThat(plan(database, ProductReader.BY_SKUS))
          .contains("pk_products")
          .contains("pk_product_tags");
      assertThat(plan(database, ProductReader.PAGE))
          .contains("Index Scan using uq_products_sku_utf8");
      assertThat(plan(database, ProductReader.PAGE_AFTER)).contains("Index Cond: (sku_utf8 > ");
      for (String query : queries()) {
        assertThat(plan(database, query)).doesNotContain("Seq Scan");
      }
    }
  }

  private static List<String> queries() {
    List<String> queries = new ArrayList<>(OrderReader.BY_ID);
    queries.addAll(OrderReader.BY_NUMBER);
    queries.addAll(OrderReader.LINES_AND_DISCOUNTS);
    Collections.addAll(
        queries,
        OrderHistory.BY_ORDER,
        PricingTraceReader.OUTCOMES,
        PricingTraceReader.DISCOUNT_SHARES,
        JdbiOrderStore.COUNT_BY_CUSTOMER,
        RuleQueries.BY_ID,
        RuleQueries.VERSIONS,
        RuleQueries.ALL,
        RuleQueries.ALL_AFTER,
        RuleQueries.BY_STATUS,
        RuleQueries.BY_STATUS_AFTER,
        CodeQueries.BY_KEYS,
        CodeQueries.ALL,
        CodeQueries.ALL_AFTER,
        CodeQueries.BY_RULE,
        CodeQueries.BY_RULE_AFTER,
        CodeQueries.COUNT_REDEMPTIONS,
        LimitCounterReader.STORED,
        LimitCounterReader.countRedemptionsSql(UsageCounter.Kind.TOTAL),
        LimitCounterReader.countRedemptionsSql(UsageCounter.Kind.CODE),
        LimitCounterReader.countRedemptionsSql(UsageCounter.Kind.CUSTOMER),
        LimitCounterReader.countRedemptionsSql(UsageCounter.Kind.SPEND),
        ProductReader.BY_SKUS,
        ProductReader.PAGE,
        ProductReader.PAGE_AFTER,
        JdbiUserStore.BY_EMAIL,
        JdbiUserStore.BY_ID,
        JdbiUserStore.PAGE,
        JdbiUserStore.PAGE_AFTER,
        JdbiUserStore.MATCHING_PAGE_AFTER,
        JdbiUserStore.ACTIVE_ADMINS,
        JdbiSessionStore.BY_TOKEN,
        JdbiSessionStore.BY_USER,
        JdbiApiKeyStore.BY_HASH,
        JdbiApiKeyStore.BY_ID,
        JdbiApiKeyStore.PAGE,
        JdbiApiKeyStore.PAGE_AFTER,
        JdbiFailedAttemptStore.BY_SUBJECTS,
        JdbiFailedAttemptStore.DELETE_BEFORE,
        JdbiRateLimitStore.COUNTS_OF_OTHER_NODES,
        JdbiRateLimitStore.DELETE_BEFORE,
        JdbiAuditLog.NEWEST,
        JdbiAuditLog.NEWEST_BEFORE);
    return queries;
  }

  private static String plans(Database database, List<String> queries) {
    return queries.stream().map(sql -> plan(database, sql)).collect(Collectors.joining("\n"));
  }

  private static String plan(Database database, String sql) {
    return database.query(
        "explain a query",
        handle -> {
          forceIndexScans(handle);
          Query query = handle.createQuery("explain " + sql);
          query
              .getConfig(org.jdbi.v3.core.statement.SqlStatements.class)
              .setUnusedBindingAllowed(true);
          if (OrderReader.LINES_AND_DISCOUNTS.contains(sql)) {
            query.bind(0, SqlValues.uuidArray(List.of(UUID.randomUUID())));
          } else if (OrderReader.BY_NUMBER.contains(sql)) {
            query.bind(0, 1L);
          } else if (sql.contains("?")) {
            query.bind(0, UUID.randomUUID());
            query.bind(1, SqlValues.timestamp(Instant.EPOCH));
            query.bind(2, SqlValues.timestamp(Instant.EPOCH));
          }
          return query
              .bind("limit", 10)
              .bind("number", 1L)
              .bind("id", UUID.randomUUID())
              .bind("ids", SqlValues.uuidArray(List.of(UUID.randomUUID())))
              .bind("skus", SqlValues.textArray(List.of("MUG")))
              .bind("after", after(sql))
              .bind("status", "active")
              .bind("customer", "c-1")
              .bind("key", "summer")
              .bind("rule", UUID.randomUUID())
              .bind("keys", SqlValues.textArray(List.of("summer")))
              .bind("rules", SqlValues.uuidArray(List.of(UUID.randomUUID())))
              .bind("kinds", SqlValues.textArray(List.of("total")))
              .bind("subjects", SqlValues.textArray(List.of("")))
              .bind("email", "ann@example.com")
              .bind("text", "ann")
              .bind("characters", "AN")
              .bind("folded", "an")
              .bind("token", "0")
              .bind("hash", "0")
              .bind("user", UUID.randomUUID())
              .bind("usedAfter", SqlValues.timestamp(Instant.EPOCH))
              .bind("createdAfter", SqlValues.timestamp(Instant.EPOCH))
              .bind("time", SqlValues.timestamp(Instant.EPOCH))
              .bind("failedBefore", SqlValues.timestamp(Instant.EPOCH))
              .bind("succeededBefore", SqlValues.timestamp(Instant.EPOCH))
              .bind("before", 1L)
              .bind("windowStart", SqlValues.timestamp(Instant.EPOCH))
              .bind("nodeId", UUID.randomUUID())
              .mapTo(String.class)
              .collect(Collectors.joining("\n"));
        });
  }

  /** The keyset position of rules is an id; of other lists, the UTF-8 bytes of a key. */
  private static Argument after(String sql) {
    Object after = sql.matches("(?s).*\\bid (=|>) :after.*") ? UUID.randomUUID() : new byte[] {'M'};
    return (position, statement, context) -> statement.setObject(position, after);
  }

  private static void forceIndexScans(Handle handle) {
    if (handle.getConnection().toString().contains("PgConnection")) {
      handle.execute("set enable_seqscan = off");
      handle.execute("set enable_bitmapscan = off");
    }
  }
}
