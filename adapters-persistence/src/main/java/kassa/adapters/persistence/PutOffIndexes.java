package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
final class PutOffIndexes {

  /** How PostgreSQL builds those of the tables that orders are written to. */
  private static final String OF_POSTGRESQL =
      """
      select
        quote_ident(indexname) as name,
        replace(indexdef, 'CREATE INDEX ', 'CREATE INDEX IF NOT EXISTS ') as statement
      from pg_indexes
      where schemaname = current_schema() and indexdef like 'CREATE INDEX %' and tablename in (
        'orders', 'order_lines', 'order_discounts', 'order_traces', 'redemptions',
        'order_events', 'refunds', 'refund_lines')
      """;

  /** How H2 builds all that belongs to the same tables. */
  private static final String OF_H2 =
      """
      script nodata nopasswords nosettings table
        orders, order_lines, order_discounts, order_traces, redemptions,
        order_events, refunds, refund_lines
      """;

  /** The indexes of constraints are said in another way, or not at all. */
  private static final Pattern INDEX =
      Pattern.compile("CREATE INDEX (\"\\w+\"\\.\"\\w+\")( ON .*);", Pattern.DOTALL);

  private static final String KEPT = "select name, statement from put_off_indexes order by name";

  private static final String KEEP =
      "insert into put_off_indexes (name, statement) values (:name, :statement)";

  private static final String DELETE = "delete from put_off_indexes where name = :name";

  /** Ends with the transaction. The number is the first bytes of what it is about, as text. */
  private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(x'6b617373'::int, 95)";

  private static final String PURPOSE = "build an index";

  private record Index(String name, String statement) {}

  private PutOffIndexes() {}

  /** Does the work without the indexes, and builds them behind it, also if it throws. */
  static void during(Database database, Runnable work) {
    putOff(database);
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      try {
        build(database);
      } catch (RuntimeException another) {
        // They are built when the database is opened.
        failure.addSuppressed(another);
      }
      throw failure;
    }
    build(database);
  }

  /** Takes the indexes away, having made durable how to build them. */
  static void putOff(Database database) {
    List<Index> indexes =
        database.ask("list indexes", handle -> present(handle, database.dialect()));
    database.change("put off indexes", handle -> keep(handle, indexes));
    database.change(
        "put off indexes",
        handle -> {
          indexes.forEach(index -> handle.execute("drop index " + index.name));
          return indexes.size();
        });
  }

  /** Builds what was put off and is not built yet. A table that is not there yet has nothing. */
  static void build(Database database) {
    for (Index index : database.ask("list indexes", PutOffIndexes::kept)) {
      database.changeAtLeisure(
          PURPOSE,
          handle -> {
            if (database.dialect() == Dialect.POSTGRESQL) {
              // Another node may open the database at the same moment.
              handle.execute(ONE_AT_A_TIME);
            }
            return handle.execute(index.statement);
          });
      // Not before the index is durable.
      database.change(
          PURPOSE, handle -> handle.createUpdate(DELETE).bind("name", index.name).execute());
    }
  }

  private static List<Index> present(Handle handle, Dialect dialect) {
    if (dialect == Dialect.POSTGRESQL) {
      return indexes(handle, OF_POSTGRESQL);
    }
    return handle.createQuery(OF_H2).mapTo(String.class).list().stream()
        .map(INDEX::matcher)
        .filter(Matcher::matches)
        .map(index ->
            new Index(
                index.group(1), "create index if not exists " + index.group(1) + index.group(2)))
        .toList();
  }

  private static List<Index> kept(Handle handle) {
    try {
      return indexes(handle, KEPT);
    } catch (StatementException refused) {
      if (Outages.hasState(refused, SchemaVersion.NO_SUCH_TABLE)) {
        return List.of();
      }
      throw refused;
    }
  }

  private static List<Index> indexes(Handle handle, String sql) {
    return handle
        .createQuery(sql)
        .map((row, context) -> new Index(row.getString("name"), row.getString("statement")))
        .list();
  }

  private static int keep(Handle handle, List<Index> indexes) {
    PreparedBatch batch = handle.prepareBatch(KEEP);
    indexes.forEach(
        index -> batch.bind("name", index.name).bind("statement", index.statement).add());
    return execute(batch).length;
  }
}
