package kassa.adapters.persistence.admin;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.message.DbException;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.Row;
import org.h2.value.VersionedValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalog of an H2 file without opening it as a database: H2 runs code of the catalog
 * when it opens a database or answers a query, such as aliases, triggers and linked tables.
 */
final class H2Catalog {

  /** The class of the trigger of the audit log, which does not exist. */
  static final String AUDIT_TRIGGER_CLASS = "audit_events.is.append.only";

  private static final String CATALOG = "table.0";
  private static final int SQL_COLUMN = 3;

  /** The maximum length of a statement in a message. */
  private static final int MAX_EXCERPT = 80;

  private static final String NAME = "\"[^\"]*\"";
  private static final String QUALIFIED_NAME = NAME + "\\." + NAME;

  /**
   * The statements that the catalog of Kassa consists of. H2 runs each row of a catalog when it
   * opens the file, whatever the row says about its type.
   */
  private static final List<Pattern> STATEMENTS =
      Stream.of(
              "SET [A-Z_]+ [A-Z0-9_-]+",
              "CREATE USER IF NOT EXISTS " + NAME + " SALT '\\w*' HASH '\\w*'(?: ADMIN)?",
              "CREATE SCHEMA IF NOT EXISTS " + NAME + " AUTHORIZATION " + NAME,
              "CREATE CACHED TABLE " + QUALIFIED_NAME + ".*",
              "CREATE FORCE VIEW " + QUALIFIED_NAME + ".*",
              "CREATE SEQUENCE " + QUALIFIED_NAME + "[A-Z0-9_\\s-]*",
              "CREATE (?:PRIMARY KEY|INDEX|UNIQUE[A-Z ]* INDEX) " + QUALIFIED_NAME + " ON .*",
              "ALTER TABLE " + QUALIFIED_NAME + " ADD CONSTRAINT .*",
              "GRANT SELECT ON " + QUALIFIED_NAME + " TO " + NAME,
              "CREATE FORCE TRIGGER "
                  + QUALIFIED_NAME
                  + " BEFORE UPDATE, DELETE ON "
                  + QUALIFIED_NAME
                  + " QUEUE \\d+ CALL '"
                  + Pattern.quote(AUDIT_TRIGGER_CLASS)
                  + "'")
          .map(statement -> Pattern.compile(statement, Pattern.DOTALL))
          .toList();

  /**
   * Functions and tables that read files, connect elsewhere, or load a class, and quoted names with
   * escapes, which could be one of these.
   */
  private static final Pattern CODE =
      Pattern.compile(
          "(?i)\\b(FILE_READ|FILE_WRITE|CSVREAD|CSVWRITE|LINK_SCHEMA|LINKED|ENGINE)\\b|\\bU&\"");

  private H2Catalog() {}

  /**
   * Checks that a file contains a catalog, and nothing in it that runs code.
   *
   * @param name the name of the file in messages
   * @throws DatabaseAdminException if the catalog contains code, or is unreadable
   */
  static void requireNoCode(Path file, String name) {
    // Opened as H2 does, and not in its recovery mode: both must see the same catalog.
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      if (!store.hasMap(CATALOG)) {
        throw new DatabaseAdminException(name + " does not contain a Kassa database");
      }
      TransactionStore transactions = new TransactionStore(store);
      transactions.init();
      MVMap<Long, VersionedValue<Row>> rows = transactions.begin().<Long, Row>openMap(CATALOG).map;
      for (Iterator<Long> ids = rows.keyIterator(null); ids.hasNext(); ) {
        VersionedValue<Row> versions = requireNonNull(rows.get(ids.next()));
        // When H2 opens the file, it commits or rolls back the transactions that were open.
        requireNoCode(versions.getCommittedValue(), name);
        requireNoCode(versions.getCurrentValue(), name);
      }
    } catch (MVStoreException | DbException | ClassCastException unreadable) {
      throw new DatabaseAdminException(
          name + " is damaged: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void requireNoCode(@Nullable Row row, String name) {
    String sql = row == null ? null : row.getValue(SQL_COLUMN).getString();
    if (sql != null && (!isStatementOfKassa(sql) || CODE.matcher(sql).find())) {
      String line = sql.replaceAll("\\s+", " ");
      throw new DatabaseAdminException(
          name
              + " contains code, which a backup of Kassa does not: "
              + line.substring(0, Math.min(MAX_EXCERPT, line.length())));
    }
  }

  private static boolean isStatementOfKassa(String sql) {
    return STATEMENTS.stream().anyMatch(statement -> statement.matcher(sql).matches());
  }
}
