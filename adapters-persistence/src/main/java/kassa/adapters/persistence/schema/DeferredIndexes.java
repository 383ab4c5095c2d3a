package kassa.adapters.persistence.schema;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/**
 * Bulk load: drops the secondary indexes of the order tables during a load and builds them
 * afterwards. An index is then sorted once, instead of being searched for each inserted row.
 *
 * <p>The database itself provides the statements that build the indexes, so that only the
 * migrations define them. The statements are stored in a table before the first index is dropped.
 * If the process is killed during the load, {@link #buildDeferred} builds the indexes when the
 * database is opened. See docs/decisions/0095.
 */
public final class DeferredIndexes {

  /** PostgreSQL: the statements that build the indexes of the order tables. */
  private static final String POSTGRESQL_INDEXES =
      """
      select
        quote_ident(indexname) as name,
        replace(indexdef, 'CREATE INDEX ', 'CREATE INDEX IF NOT EXISTS ') as statement
      from pg_indexes
      where schemaname = current_schema() and indexdef like 'CREATE INDEX %' and tablename in (
        'orders', 'order_lines', 'order_discounts', 'pricing_traces', 'redemptions',
        'order_events', 'refunds', 'refund_lines')
      """;

  /** H2: the schema script of the same tables. */
  private static final String H2_SCRIPT =
      """
      script nodata nopasswords nosettings table
        orders, order_lines, order_discounts, pricing_traces, redemptions,
        order_events, refunds, refund_lines
      """;

  /** Matches secondary indexes only; indexes of constraints have other statements or none. */
  private static final Pattern CREATE_INDEX_PATTERN =
      Pattern.compile("CREATE INDEX (\"\\w+\"\\.\"\\w+\")( ON .*);", Pattern.DOTALL);

  /** Matches one statement that builds an index. */
  private static final Pattern STORED_STATEMENT_PATTERN =
      Pattern.compile("(?is)create index if not exists [^;]*");

  private static final String SELECT_DEFERRED =
      "select name, statement from deferred_indexes order by name";

  private static final String INSERT =
      "insert into deferred_indexes (name, statement) values (:name, :statement)";

  private static final String DELETE = "delete from deferred_indexes where name = :name";

  /** Released at the end of the transaction. The keys are "kass" in ASCII and the decision 95. */
  private static final String ADVISORY_LOCK = "select pg_advisory_xact_lock(x'6b617373'::int, 95)";

  private static final String PURPOSE = "build a deferred index";

  private record IndexDefinition(String name, String statement) {}

  private DeferredIndexes() {}

  /**
   * Runs work without the indexes, and builds them afterwards, also if the work throws.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if an index could not be built
   */
  public static void runWithoutIndexes(Database database, Runnable work) {
    deferAll(database);
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      try {
        buildDeferred(database);
      } catch (RuntimeException rebuildFailure) {
        // The indexes are built when the database is opened again.
        failure.addSuppressed(rebuildFailure);
      }
      throw failure;
    }
    buildDeferred(database);
  }

  /** Stores the statements that build the indexes durably, then drops the indexes. */
  static void deferAll(Database database) {
    List<IndexDefinition> indexes =
        database.query("list indexes", handle -> listDeferrable(handle, database.dialect()));
    database.inTransaction("store index definitions", handle -> insertDeferred(handle, indexes));
    database.inTransaction(
        "drop indexes",
        handle -> {
          indexes.forEach(index -> handle.execute("drop index " + index.name));
          return indexes.size();
        });
  }

  /** Builds the deferred indexes; does nothing in a database without a schema. */
  public static void buildDeferred(Database database) {
    for (IndexDefinition index :
        database.query("list deferred indexes", DeferredIndexes::listDeferred)) {
      database.inTransactionWithoutTimeout(
          PURPOSE,
          handle -> {
            if (database.dialect() == Dialect.POSTGRESQL) {
              // Other nodes may open the database at the same time.
              handle.execute(ADVISORY_LOCK);
            }
            return handle.execute(index.statement);
          });
      // Only after the index is durable.
      database.inTransaction(
          PURPOSE, handle -> handle.createUpdate(DELETE).bind("name", index.name).execute());
    }
  }

  private static List<IndexDefinition> listDeferrable(Handle handle, Dialect dialect) {
    if (dialect == Dialect.POSTGRESQL) {
      return readIndexes(handle, POSTGRESQL_INDEXES);
    }
    return handle.createQuery(H2_SCRIPT).mapTo(String.class).list().stream()
        .map(CREATE_INDEX_PATTERN::matcher)
        .filter(Matcher::matches)
        .map(index ->
            new IndexDefinition(
                index.group(1), "create index if not exists " + index.group(1) + index.group(2)))
        .toList();
  }

  /**
   * Lists the deferred indexes.
   *
   * @throws IllegalStateException if the table contains another statement, which it must not run
   */
  private static List<IndexDefinition> listDeferred(Handle handle) {
    try {
      List<IndexDefinition> indexes = readIndexes(handle, SELECT_DEFERRED);
      indexes.forEach(DeferredIndexes::requireIndex);
      return indexes;
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.hasSqlState(failure, SchemaVersion.UNDEFINED_TABLE_STATES)) {
        return List.of();
      }
      throw failure;
    }
  }

  private static void requireIndex(IndexDefinition stored) {
    if (!STORED_STATEMENT_PATTERN.matcher(stored.statement).matches()) {
      throw new IllegalStateException(
          "the table deferred_indexes contains code, not an index: "
              + stored.statement.substring(0, Math.min(80, stored.statement.length())));
    }
  }

  /**
   * Checks that the database has only indexes to build when it is opened.
   *
   * @throws IllegalStateException if it has another statement
   */
  public static void requireIndexesOnly(Handle handle) {
    var _ = listDeferred(handle);
  }

  private static List<IndexDefinition> readIndexes(Handle handle, String sql) {
    return handle
        .createQuery(sql)
        .map((row, context) ->
            new IndexDefinition(row.getString("name"), row.getString("statement")))
        .list();
  }

  private static int insertDeferred(Handle handle, List<IndexDefinition> indexes) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    indexes.forEach(
        index -> batch.bind("name", index.name).bind("statement", index.statement).add());
    return executeBatch(batch).length;
  }
}
