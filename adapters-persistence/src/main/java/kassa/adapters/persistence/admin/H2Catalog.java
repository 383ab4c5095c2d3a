package kassa.adapters.persistence.admin;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.h2.engine.DbObject;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.Row;

/**
 * Reads the catalog of an H2 file without opening it as a database: H2 runs code of the catalog
 * when it opens a database or answers a query, such as aliases, triggers and linked tables.
 */
final class H2Catalog {

  /** The class of the trigger of the audit log, which does not exist. */
  static final String AUDIT_TRIGGER_CLASS = "audit_events.is.append.only";

  private static final String CATALOG = "table.0";
  private static final int TYPE_COLUMN = 2;
  private static final int SQL_COLUMN = 3;

  /** Functions and tables that read files, connect elsewhere, or load a class. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?i)\\b(FILE_READ|FILE_WRITE|CSVREAD|CSVWRITE|LINK_SCHEMA|LINKED\\s+TABLE|ENGINE)\\b");

  private H2Catalog() {}

  /**
   * Checks that a file contains a catalog, and nothing in it that runs code.
   *
   * @param name the name of the file in messages
   * @throws DatabaseAdminException if the catalog contains code, or is unreadable
   */
  static void requireNoCode(Path file, String name) {
    try (MVStore store =
        new MVStore.Builder().fileName(file.toString()).readOnly().recoveryMode().open()) {
      if (!store.hasMap(CATALOG)) {
        throw new DatabaseAdminException(name + " does not contain a Kassa database");
      }
      TransactionStore transactions = new TransactionStore(store);
      transactions.init();
      TransactionMap<Long, Row> rows = transactions.begin().openMap(CATALOG);
      for (Iterator<Long> ids = rows.keyIterator(null); ids.hasNext(); ) {
        Row row = rows.get(ids.next());
        if (row != null) {
          requireNoCode(
              row.getValue(TYPE_COLUMN).getInt(), row.getValue(SQL_COLUMN).getString(), name);
        }
      }
    } catch (MVStoreException | DbException | ClassCastException unreadable) {
      throw new DatabaseAdminException(
          name + " is damaged: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void requireNoCode(int type, String sql, String name) {
    boolean runsCode =
        switch (type) {
          case DbObject.FUNCTION_ALIAS, DbObject.AGGREGATE -> true;
          case DbObject.TRIGGER -> !sql.endsWith("CALL '" + AUDIT_TRIGGER_CLASS + "'");
          default -> CODE.matcher(sql).find();
        };
    if (runsCode) {
      throw new DatabaseAdminException(
          name
              + " contains code, which a backup of Kassa does not: "
              + sql.replaceAll("\\s+", " ").substring(0, Math.min(80, sql.length())));
    }
  }
}
