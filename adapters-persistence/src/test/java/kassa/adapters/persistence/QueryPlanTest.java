package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.domain.redemption.Counter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryPlanTest {

  @TempDir private Path folder;

  @Test
  void h2_walks_the_index_and_does_not_sort() {
    try (Database database = TestDatabases.openNew(Dialect.H2, folder)) {
      assertThat(plan(database, OrderReader.BY_ID)).contains(": ID = ");
      assertThat(plan(database, OrderReader.BY_NUMBER)).contains(": NUMBER = ");
      assertThat(plan(database, OrderReader.PARTS))
          .contains(": ORDER_ID = ANY(")
          .contains(": ORDER_ID = L.ORDER_ID\n        AND LINE_POSITION = L.POSITION")
          .contains(": LINE_POSITION = -1\n        AND ORDER_ID = O.ID");
      assertThat(plan(database, ProductReader.BY_SKUS)).contains(": SKU = ANY(");
      assertThat(plan(database, ProductReader.RISING))
          .contains("PRODUCTS_IN_ORDER")
          .contains("index sorted");
      assertThat(plan(database, ProductReader.RISING_AFTER))
          .contains("PRODUCTS_IN_ORDER")
          .contains(": SKU_UTF8 > ")
          .contains("index sorted");
      for (String query : queries()) {
        assertThat(plan(database, query)).doesNotContain("tableScan");
      }
    }
  }

  @Test
  void postgresql_walks_the_index_from_the_position_on() {
    try (Database database = TestDatabases.openNew(Dialect.POSTGRESQL, folder)) {
      assertThat(plan(database, OrderReader.BY_ID)).contains("orders_by_id");
      assertThat(plan(database, OrderReader.BY_NUMBER)).contains("orders_by_number");
      assertThat(plan(database, OrderReader.PARTS))
          .contains("order_lines_by_order")
          .contains("order_discounts_by_line");
      assertThat(plan(database, ProductReader.BY_SKUS))
          .contains("products_by_sku")
          .contains("product_tags_by_product");
      assertThat(plan(database, ProductReader.RISING))
          .contains("Index Scan using products_in_order");
      assertThat(plan(database, ProductReader.RISING_AFTER)).contains("Index Cond: (sku_utf8 > ");
      for (String query : queries()) {
        assertThat(plan(database, query)).doesNotContain("Seq Scan");
      }
    }
  }

  private static List<String> queries() {
    return List.of(
        OrderReader.BY_ID,
        OrderReader.BY_NUMBER,
        OrderReader.PARTS,
        OrderHistory.OF_ORDER,
        TraceReader.VERDICTS,
        TraceReader.TAKEN_OFF,
        JdbiOrderStore.ORDERS_OF,
        RuleQueries.BY_ID,
        RuleQueries.VERSIONS,
        RuleQueries.ALL,
        RuleQueries.ALL_AFTER,
        RuleQueries.OF_STATUS,
        RuleQueries.OF_STATUS_AFTER,
        CodeQueries.BY_KEYS,
        CodeQueries.ALL,
        CodeQueries.ALL_AFTER,
        CodeQueries.OF_RULE,
        CodeQueries.OF_RULE_AFTER,
        CodeQueries.REDEEMED,
        CounterRows.KEPT,
        CounterRows.counted(Counter.Kind.TOTAL),
        CounterRows.counted(Counter.Kind.CODE),
        CounterRows.counted(Counter.Kind.CUSTOMER),
        CounterRows.counted(Counter.Kind.SPEND),
        ProductReader.BY_SKUS,
        ProductReader.RISING,
        ProductReader.RISING_AFTER,
        JdbiUserStore.BY_EMAIL,
        JdbiUserStore.BY_ID,
        JdbiUserStore.RISING,
        JdbiUserStore.RISING_AFTER,
        JdbiUserStore.ADMINS,
        JdbiSessionStore.BY_TOKEN,
        JdbiSessionStore.OF_USER,
        JdbiApiKeyStore.BY_HASH,
        JdbiApiKeyStore.BY_ID,
        JdbiApiKeyStore.RISING,
        JdbiApiKeyStore.RISING_AFTER,
        JdbiAttemptStore.BY_SUBJECTS,
        JdbiAttemptStore.FORGET_BEFORE,
        JdbiCallTally.OF_OTHERS,
        JdbiCallTally.FORGET_BEFORE,
        JdbiAuditLog.NEWEST,
        JdbiAuditLog.NEWEST_BEFORE);
  }

  private static String plan(Database database, String sql) {
    return database.ask(
        "explain a query",
        handle -> {
          preferIndexesAsOnFullTables(handle);
          Query query = handle.createQuery("explain " + sql);
          query
              .getConfig(org.jdbi.v3.core.statement.SqlStatements.class)
              .setUnusedBindingAllowed(true);
          return query
              .bind("limit", 10)
              .bind("number", 1L)
              .bind("id", UUID.randomUUID())
              .bind("ids", SqlValues.uuids(List.of(UUID.randomUUID())))
              .bind("skus", SqlValues.texts(List.of("MUG")))
              .bind("after", after(sql))
              .bind("status", "active")
              .bind("customer", "c-1")
              .bind("key", "summer")
              .bind("rule", UUID.randomUUID())
              .bind("keys", SqlValues.texts(List.of("summer")))
              .bind("rules", SqlValues.uuids(List.of(UUID.randomUUID())))
              .bind("kinds", SqlValues.texts(List.of("total")))
              .bind("subjects", SqlValues.texts(List.of("")))
              .bind("email", "ann@example.com")
              .bind("token", "0")
              .bind("hash", "0")
              .bind("user", UUID.randomUUID())
              .bind("usedAfter", SqlValues.utc(Instant.EPOCH))
              .bind("begunAfter", SqlValues.utc(Instant.EPOCH))
              .bind("time", SqlValues.utc(Instant.EPOCH))
              .bind("before", 1L)
              .bind("minute", SqlValues.utc(Instant.EPOCH))
              .bind("node", UUID.randomUUID())
              .mapTo(String.class)
              .collect(Collectors.joining("\n"));
        });
  }

  /** Rules are listed behind an id, others behind the bytes of a key. */
  private static Argument after(String sql) {
    Object after = sql.matches("(?s).*\\bid (=|>) :after.*") ? UUID.randomUUID() : new byte[] {'M'};
    return (position, statement, context) -> statement.setObject(position, after);
  }

  private static void preferIndexesAsOnFullTables(Handle handle) {
    if (handle.getConnection().toString().contains("PgConnection")) {
      handle.execute("set enable_seqscan = off");
      handle.execute("set enable_bitmapscan = off");
    }
  }
}
