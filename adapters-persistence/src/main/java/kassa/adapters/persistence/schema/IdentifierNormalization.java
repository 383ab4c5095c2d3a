package kassa.adapters.persistence.schema;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import kassa.domain.PlainText;
import kassa.domain.rule.Code;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migration 7: converts identifiers that were stored as they were sent to Unicode NFC, in which
 * identifiers are compared. In Java, because H2 has no function for it, and because both databases
 * must use the Unicode version of the application. Rows whose identifier is taken by another row
 * stay as they are; the log names their tables. Each column takes one statement for all its
 * changes, which scans its table once: most of them have no index on the column. See
 * docs/decisions/0135.
 */
final class IdentifierNormalization implements JavaMigration {

  private static final Logger LOG = LoggerFactory.getLogger(IdentifierNormalization.class);

  private static final int FETCH_SIZE = 1000;

  /** Not a temporary table, because not every role of PostgreSQL may create one. */
  private static final String CREATE_CHANGES =
      "create table identifier_changes" + " (stored varchar not null, normalized varchar not null)";

  private static final String DROP_CHANGES = "drop table if exists identifier_changes";

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("7");
  }

  @Override
  public String getDescription() {
    return "normalize identifiers";
  }

  @Override
  public Integer getChecksum() {
    return 1;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    normalizeUsers(connection);
    Map<String, String> twins = normalizeProducts(connection);
    normalizeSkusOfOrders(connection, twins);
    normalizeCodes(connection);
    normalizeCustomers(connection);
    execute(connection, DROP_CHANGES);
  }

  private static void normalizeUsers(Connection connection) throws SQLException {
    replaceUnique(
        connection, "users", "email", changed(connection, "users", "email", PlainText::normalize));
    replace(connection, "users", "name");
    replace(connection, "api_keys", "name");
  }

  /** Returns the skus that stay as they are because the normalized sku is another product. */
  private static Map<String, String> normalizeProducts(Connection connection) throws SQLException {
    Map<String, String> changes =
        changed(connection, "products", "sku", IdentifierNormalization::reachableSku);
    Map<String, String> twins = new LinkedHashMap<>();
    if (!changes.isEmpty()) {
      execute(
          connection,
          "alter table product_tags drop constraint if exists fk_product_tags_products");
      twins.putAll(replaceUnique(connection, "products", "sku", changes));
      for (Map.Entry<String, String> change : changes.entrySet()) {
        if (!twins.containsKey(change.getKey())) {
          update(
              connection,
              "update products set sku_utf8 = ? where sku = ?",
              change.getValue().getBytes(StandardCharsets.UTF_8),
              change.getValue());
          update(
              connection,
              "update product_tags set sku = ? where sku = ?",
              change.getValue(),
              change.getKey());
        }
      }
      execute(
          connection,
          "alter table product_tags add constraint fk_product_tags_products"
              + " foreign key (sku) references products (sku) on delete cascade");
    }
    normalizeTags(connection);
    return twins;
  }

  /** Clients remove dot segments from paths, so that a product with such a sku has no path. */
  private static String reachableSku(String sku) {
    return sku.equals(".") || sku.equals("..") ? "_" + sku : PlainText.normalize(sku);
  }

  private static void normalizeTags(Connection connection) throws SQLException {
    Map<String, String> changes = changed(connection, "product_tags", "tag", PlainText::normalize);
    if (changes.isEmpty()) {
      return;
    }
    writeChanges(connection, changes);
    execute(
        connection,
        """
        insert into product_tags (sku, tag)
        select distinct t.sku, c.normalized
        from product_tags t
        join identifier_changes c on c.stored = t.tag
        where not exists (
          select 1 from product_tags o where o.sku = t.sku and o.tag = c.normalized)
        """);
    execute(
        connection,
        "delete from product_tags where tag in (select stored from identifier_changes)");
  }

  private static void normalizeSkusOfOrders(Connection connection, Map<String, String> twins)
      throws SQLException {
    for (String table : new String[] {"order_lines", "refund_lines"}) {
      Map<String, String> changes = changed(connection, table, "sku", PlainText::normalize);
      changes.keySet().removeAll(twins.keySet());
      replaceAll(connection, table, "sku", changes);
    }
  }

  private static void normalizeCodes(Connection connection) throws SQLException {
    Map<String, String> changes =
        changed(connection, "codes", "normalized_code", IdentifierNormalization::codeKey);
    Map<String, String> twins = replaceUnique(connection, "codes", "normalized_code", changes);
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!twins.containsKey(change.getKey())) {
        update(
            connection,
            "update codes set normalized_code_utf8 = ? where normalized_code = ?",
            change.getValue().getBytes(StandardCharsets.UTF_8),
            change.getValue());
      }
    }
    for (Map.Entry<String, String> change :
        changed(connection, "codes", "code", IdentifierNormalization::enterableCode).entrySet()) {
      update(
          connection,
          "update codes set code = ? where code = ? and normalized_code = ?",
          change.getValue(),
          change.getKey(),
          codeKey(change.getKey()));
    }
    Map<String, String> used =
        changed(connection, "redemptions", "normalized_code", IdentifierNormalization::codeKey);
    used.keySet().removeAll(twins.keySet());
    replaceAll(connection, "redemptions", "normalized_code", used);
    Map<String, String> counted =
        changedSubjects(connection, "code", IdentifierNormalization::codeKey);
    counted.keySet().removeAll(twins.keySet());
    addUpCounters(connection, "code", counted);
  }

  /** A code with an invisible character could no longer be entered. */
  private static String enterableCode(String code) {
    return PlainText.strip(PlainText.visible(code));
  }

  private static String codeKey(String code) {
    String enterable = enterableCode(code);
    return enterable.isEmpty() || enterable.codePointCount(0, enterable.length()) > Code.MAX_LENGTH
        ? code
        : new Code(enterable).key();
  }

  private static void normalizeCustomers(Connection connection) throws SQLException {
    replace(connection, "orders", "customer_id");
    replace(connection, "redemptions", "customer_id");
    addUpCounters(
        connection, "customer", changedSubjects(connection, "customer", PlainText::normalize));
  }

  /** Counter of one rule. */
  private record Counter(UUID rule, String subject) {}

  /**
   * Replaces the subjects of counters; the use of all spellings is added up. The sums are made here
   * and written by primary key, because H2 chooses plans that compare all pairs of rows.
   */
  private static void addUpCounters(Connection connection, String kind, Map<String, String> changes)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    List<Counter> replaced = new ArrayList<>();
    Map<Counter, Long> sums = new LinkedHashMap<>();
    try (PreparedStatement counters =
        connection.prepareStatement(
            "select rule_id, subject, used from rule_usage_counters where kind = ?")) {
      counters.setFetchSize(FETCH_SIZE);
      counters.setString(1, kind);
      try (ResultSet rows = counters.executeQuery()) {
        while (rows.next()) {
          String stored = rows.getString(2);
          String normalized = changes.get(stored);
          if (normalized != null) {
            UUID rule = rows.getObject(1, UUID.class);
            replaced.add(new Counter(rule, stored));
            sums.merge(new Counter(rule, normalized), rows.getLong(3), Long::sum);
          }
        }
      }
    }
    String key = " where rule_id = ? and kind = ? and subject = ?";
    try (PreparedStatement delete =
            connection.prepareStatement("delete from rule_usage_counters" + key);
        PreparedStatement add =
            connection.prepareStatement("update rule_usage_counters set used = used + ?" + key);
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into rule_usage_counters (used, rule_id, kind, subject)"
                    + " values (?, ?, ?, ?)")) {
      for (Counter counter : replaced) {
        execute(delete, counter.rule(), kind, counter.subject());
      }
      for (Map.Entry<Counter, Long> sum : sums.entrySet()) {
        Counter counter = sum.getKey();
        if (execute(add, sum.getValue(), counter.rule(), kind, counter.subject()) == 0) {
          execute(insert, sum.getValue(), counter.rule(), kind, counter.subject());
        }
      }
    }
  }

  private static void replace(Connection connection, String table, String column)
      throws SQLException {
    replaceAll(connection, table, column, changed(connection, table, column, PlainText::normalize));
  }

  private static void replaceAll(
      Connection connection, String table, String column, Map<String, String> changes)
      throws SQLException {
    if (!changes.isEmpty()) {
      writeChanges(connection, changes);
      execute(
          connection,
          ("update " + table + " set " + column)
              + " = (select c.normalized from identifier_changes c where c.stored = "
              + (table + "." + column + ") where " + column)
              + " in (select stored from identifier_changes)");
    }
  }

  /** Writes the changes of one column, in place of those of the column before. */
  private static void writeChanges(Connection connection, Map<String, String> changes)
      throws SQLException {
    execute(connection, DROP_CHANGES);
    execute(connection, CREATE_CHANGES);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into identifier_changes values (?, ?)")) {
      int rows = 0;
      for (Map.Entry<String, String> change : changes.entrySet()) {
        insert.setString(1, change.getKey());
        insert.setString(2, change.getValue());
        insert.addBatch();
        rows++;
        if (rows % FETCH_SIZE == 0 || rows == changes.size()) {
          insert.executeBatch();
        }
      }
    }
    // After the rows, because this commits them in H2, which evaluates a subquery for each row
    // again
    // while its table has uncommitted rows.
    execute(connection, "alter table identifier_changes add primary key (stored)");
  }

  /** Replaces the values of a unique column; returns the changes that it has left out. */
  private static Map<String, String> replaceUnique(
      Connection connection, String table, String column, Map<String, String> changes)
      throws SQLException {
    Map<String, String> leftOut = new LinkedHashMap<>();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      int replaced =
          update(
              connection,
              "update "
                  + table
                  + (" set " + column + " = ? where " + column + " = ? and not exists (")
                  + ("select 1 from " + table + " o where o." + column + " = ?)"),
              change.getValue(),
              change.getKey(),
              change.getValue());
      if (replaced == 0) {
        leftOut.put(change.getKey(), change.getValue());
      }
    }
    if (!leftOut.isEmpty()) {
      LOG.warn(
          "{} rows of {} keep their {}, because another row has its normalized form",
          leftOut.size(),
          table,
          column);
    }
    return leftOut;
  }

  /** The distinct values of a column that the function changes. */
  private static Map<String, String> changed(
      Connection connection, String table, String column, UnaryOperator<String> normalization)
      throws SQLException {
    return select(
        connection,
        "select distinct " + column + " from " + table + " where " + column + " is not null",
        normalization);
  }

  private static Map<String, String> changedSubjects(
      Connection connection, String kind, UnaryOperator<String> normalization) throws SQLException {
    return select(
        connection,
        "select distinct subject from rule_usage_counters where kind = '" + kind + "'",
        normalization);
  }

  private static Map<String, String> select(
      Connection connection, String query, UnaryOperator<String> normalization)
      throws SQLException {
    Map<String, String> changes = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          String stored = rows.getString(1);
          String normalized = normalization.apply(stored);
          if (!normalized.equals(stored)) {
            changes.put(stored, normalized);
          }
        }
      }
    }
    return changes;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return execute(statement, values);
    }
  }

  private static int execute(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeUpdate();
  }
}
