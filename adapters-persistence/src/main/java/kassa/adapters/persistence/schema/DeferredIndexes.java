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
 * Fills a database without the indexes by which orders are found, and builds them behind that:
 * sorted once, instead of a place sought in each of them for each row. How they are built is told
 * by the database itself, so that the migrations stay the one place that says which there are, and
 * is kept in a table before the first of them goes, so that a database whose filling was broken off
 * gets them when it is opened. See docs/decisions/0095.
 */
public final class DeferredIndexes {

  /** How PostgreSQL builds those of the tables that orders are written to. */
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

  /** How H2 builds all that belongs to the same tables. */
  private static final String H2_SCRIPT =
      """
      script nodata nopasswords nosettings table
        orders, order_lines, order_discounts, pricing_traces, redemptions,
        order_events, refunds, refund_lines
      """;

  /** The indexes of constraints are said in another way, or not at all. */
  private static final Pattern CREATE_INDEX_PATTERN =
      Pattern.compile("CREATE INDEX (\"\\w+\"\\.\"\\w+\")( ON .*);", Pattern.DOTALL);

  private static final String SELECT_DEFERRED =
      "select name, statement from deferred_indexes order by name";

  private static final String INSERT =
      "insert into deferred_indexes (name, statement) values (:name, :statement)";

  private static final String DELETE = "delete from deferred_indexes where name = :name";

  /** Ends with the transaction. The number is the first bytes of what it is about, as text. */
  private static final String ADVISORY_LOCK = "select pg_advisory_xact_lock(x'6b617373'::int, 95)";

  private static final String PURPOSE = "build an index";

  private record IndexDefinition(String name, String statement) {}

  private DeferredIndexes() {}

  /** Does the work without the indexes, and builds them behind it, also if it throws. */
  public static void runWithoutIndexes(Database database, Runnable work) {
    deferAll(database);
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      try {
        buildDeferred(database);
      } catch (RuntimeException rebuildFailure) {
        // They are built when the database is opened.
        failure.addSuppressed(rebuildFailure);
      }
      throw failure;
    }
    buildDeferred(database);
  }

  /** Takes the indexes away, having made durable how to build them. */
  static void deferAll(Database database) {
    List<IndexDefinition> indexes =
        database.query("list indexes", handle -> listDeferrable(handle, database.dialect()));
    database.inTransaction("put off indexes", handle -> insertDeferred(handle, indexes));
    database.inTransaction(
        "put off indexes",
        handle -> {
          indexes.forEach(index -> handle.execute("drop index " + index.name));
          return indexes.size();
        });
  }

  /** Builds what was put off and is not built yet. A table that is not there yet has nothing. */
  public static void buildDeferred(Database database) {
    for (IndexDefinition index : database.query("list indexes", DeferredIndexes::listDeferred)) {
      database.inTransactionWithoutTimeout(
          PURPOSE,
          handle -> {
            if (database.dialect() == Dialect.POSTGRESQL) {
              // Another node may open the database at the same moment.
              handle.execute(ADVISORY_LOCK);
            }
            return handle.execute(index.statement);
          });
      // Not before the index is durable.
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

  private static List<IndexDefinition> listDeferred(Handle handle) {
    try {
      return readIndexes(handle, SELECT_DEFERRED);
    } catch (StatementException refused) {
      if (SqlExceptionTranslator.hasSqlState(refused, SchemaVersion.UNDEFINED_TABLE_STATES)) {
        return List.of();
      }
      throw refused;
    }
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
