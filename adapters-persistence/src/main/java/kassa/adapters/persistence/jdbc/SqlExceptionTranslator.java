package kassa.adapters.persistence.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a database that could not be asked from a question that was wrong. What is not known to be
 * an outage is a defect: it must be seen, not waited for.
 */
public final class SqlExceptionTranslator {

  private static final String H2_FILE_IN_USE = "90020";

  /** The first two characters of an SQLSTATE. */
  private static final Set<String> UNAVAILABLE_CLASSES =
      Set.of(
          "08", // connection exception
          "28", // the user or the password is refused
          "3D", // there is no such database
          "40", // transaction rolled back: serialization, deadlock
          "53", // insufficient resources: disk, memory, connections
          "57", // operator intervention: shutdown, statement cancelled or too slow
          "58"); // system error: input or output

  private static final Set<String> UNAVAILABLE_STATES =
      Set.of(
          "25006", // PostgreSQL: the server became a read-only standby
          "25P03", // PostgreSQL: the transaction was idle for too long
          "25P04", // PostgreSQL: the transaction took too long
          "55P03", // PostgreSQL: a lock was not to be had
          "HYT00", // H2: a lock was not to be had in time
          "90007", // H2: the object is closed
          H2_FILE_IN_USE,
          "90028", // H2: input or output
          "90030", // H2: the file is corrupt
          "90031", // H2: input or output
          "90067", // H2: the connection is broken
          "90097", // H2: the database is read-only
          "90098", // H2: the database is closed
          "90108", // H2: out of memory
          "90121", // H2: the database is closing
          "90131", // H2: concurrent update
          "90135"); // H2: somebody has the database for himself

  /** H2 closes its database when its file cannot be written; no connection opens it again. */
  private static final Set<String> CLOSED_STATES =
      Set.of(
          "90007", // the object is closed
          "90028", // input or output
          "90030", // the file is corrupt
          "90031", // input or output
          "90067", // the connection is broken
          "90098", // the database is closed
          "90121"); // the database is closing

  private SqlExceptionTranslator() {}

  /** What to throw instead of a failure of the pool or of Flyway while the database is opened. */
  public static RuntimeException translateOpenFailure(RuntimeException failure) {
    SQLException cause = innermostSqlException(failure);
    return cause != null && isUnavailable(cause)
        ? new StoreUnavailableException(openFailureMessage(cause), failure)
        : new IllegalStateException("the database could not be opened", failure);
  }

  /** What to throw instead of a failure of JDBI. */
  static RuntimeException translate(String purpose, RuntimeException failure) {
    SQLException cause = innermostSqlException(failure);
    boolean outage =
        failure instanceof ConnectionException
            || (cause != null && isUnavailable(cause))
            || isFileFailure(failure);
    return outage
        ? new StoreUnavailableException("the database could not be asked to " + purpose, failure)
        : new IllegalStateException("the database refused to " + purpose, failure);
  }

  static boolean isUnavailable(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTransientException
        || failure instanceof SQLRecoverableException
        || failure instanceof SQLNonTransientConnectionException
        || (state != null
            && state.length() == 5
            && (UNAVAILABLE_CLASSES.contains(state.substring(0, 2))
                || UNAVAILABLE_STATES.contains(state)));
  }

  /** Whether an embedded database has closed itself. */
  static boolean isDatabaseClosed(Throwable failure) {
    return hasSqlState(failure, CLOSED_STATES) || isFileFailure(failure);
  }

  /**
   * Whether the file of an embedded database could not be read or written. H2 hangs what broke a
   * batch next to it, and not behind it as its cause.
   */
  private static boolean isFileFailure(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException
          || (cause instanceof BatchUpdateException batch
              && isFileFailure(batch.getNextException()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the driver gave one of these SQLSTATEs as the reason. */
  public static boolean hasSqlState(Throwable failure, Set<String> states) {
    SQLException cause = innermostSqlException(failure);
    return cause != null && cause.getSQLState() != null && states.contains(cause.getSQLState());
  }

  /** The innermost is what the driver said; those around it are the pool's. */
  private static @Nullable SQLException innermostSqlException(Throwable failure) {
    SQLException found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      found = cause instanceof SQLException sql ? sql : found;
    }
    return found;
  }

  private static String openFailureMessage(SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    if (state.equals(H2_FILE_IN_USE)) {
      return "the database's file is in use by another process, and only one can use it at a time";
    }
    if (state.startsWith("28")) {
      return "the database refuses the user or the password of its url";
    }
    if (state.startsWith("3D")) {
      return "the database server has no database of the name in the url";
    }
    return "the database cannot be reached";
  }
}
