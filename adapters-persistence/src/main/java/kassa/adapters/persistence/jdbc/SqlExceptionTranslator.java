package kassa.adapters.persistence.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;
import kassa.application.port.out.StoreReadOnlyException;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Translates database exceptions: outages become {@link StoreUnavailableException}, all others
 * {@link IllegalStateException}. A failure that is not known to be an outage counts as a defect, so
 * that it is noticed and not retried.
 */
public final class SqlExceptionTranslator {

  private static final String H2_FILE_IN_USE = "90020";
  private static final Set<String> UNIQUE_VIOLATION_STATES = Set.of("23505");
  private static final Set<String> RECOVERY_CONFLICT_STATES = Set.of("40001", "40P01");

  /** SQLSTATE classes (the first two characters) of outages. */
  private static final Set<String> UNAVAILABLE_CLASSES =
      Set.of(
          "08", // connection exception
          "28", // invalid user or password
          "3D", // the database does not exist
          "40", // transaction rolled back: serialization, deadlock
          "53", // insufficient resources: disk, memory, connections
          "57", // operator intervention: shutdown, statement cancelled or timed out
          "58"); // system error: I/O

  /** Further SQLSTATEs of outages. */
  private static final Set<String> UNAVAILABLE_STATES =
      Set.of(
          "25006", // PostgreSQL: the server accepts only reads
          "25P03", // PostgreSQL: idle timeout of the transaction
          "25P04", // PostgreSQL: timeout of the transaction
          "55P03", // PostgreSQL: lock not available
          "HYT00", // H2: lock timeout
          "90007", // H2: the object is closed
          H2_FILE_IN_USE,
          "90028", // H2: I/O
          "90030", // H2: the file is corrupt
          "90031", // H2: I/O
          "90067", // H2: the connection is broken
          "90097", // H2: the database is read-only
          "90098", // H2: the database is closed
          "90108", // H2: out of memory
          "90121", // H2: the database is closing
          "90131", // H2: concurrent update
          "90135"); // H2: the database is in exclusive mode

  /** SQLSTATEs of a write to a database that accepts only reads. */
  private static final Set<String> READ_ONLY_STATES =
      Set.of(
          "25006", // PostgreSQL: a standby, or default_transaction_read_only
          "90097"); // H2

  /**
   * SQLSTATEs of a closed H2 database. H2 closes its database if the file cannot be written, and
   * existing connections do not open it again.
   */
  private static final Set<String> CLOSED_STATES =
      Set.of(
          "90007", // the object is closed
          "90028", // I/O
          "90030", // the file is corrupt
          "90031", // I/O
          "90067", // the connection is broken
          "90098", // the database is closed
          "90108", // out of memory
          "90121"); // the database is closing

  private SqlExceptionTranslator() {}

  /**
   * Translates a failure of the pool or of Flyway while the database is opened. The message
   * contains no secrets.
   */
  public static RuntimeException translateOpenFailure(RuntimeException failure) {
    SQLException cause = innermostSqlException(failure);
    return cause != null && isUnavailable(cause)
        ? new StoreUnavailableException(openFailureMessage(cause), failure)
        : new IllegalStateException("the database could not be opened", failure);
  }

  /**
   * Translates a failure of JDBI.
   *
   * @param purpose what was attempted, as a verb phrase: "find an order"
   */
  static RuntimeException translate(String purpose, RuntimeException failure) {
    SQLException cause = innermostSqlException(failure);
    if (isReadOnly(failure)) {
      return new StoreReadOnlyException(
          "cannot " + purpose + ": the database is read-only", failure);
    }
    boolean outage =
        failure instanceof ConnectionException
            || (cause != null && isUnavailable(cause))
            || isFileFailure(failure);
    return outage
        ? new StoreUnavailableException(
            "cannot " + purpose + ": the database is unavailable", failure)
        : new IllegalStateException("cannot " + purpose + ": a statement failed", failure);
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

  /** Whether H2 has closed its database. */
  static boolean isDatabaseClosed(Throwable failure) {
    return hasSqlState(failure, CLOSED_STATES) || isFileFailure(failure);
  }

  /**
   * Whether the file of an H2 database could not be read or written. H2 reports the reason of a
   * failed batch as its next exception, not as its cause.
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

  /**
   * Whether the database cannot be reached, as opposed to a statement that was rejected. The pool
   * has a connection for each of its users, so its timeout means that it cannot connect.
   */
  static boolean isConnectionLost(Throwable failure) {
    SQLException cause = innermostSqlException(failure);
    String state = cause == null ? null : cause.getSQLState();
    return isDatabaseClosed(failure)
        || cause instanceof SQLTransientConnectionException
        || (state != null && (state.startsWith("08") || state.startsWith("57P")));
  }

  /**
   * Whether a query on a standby failed because of the standby: it cannot be reached, or the query
   * conflicts with the replay.
   */
  public static boolean isStandbyFailure(Throwable failure) {
    return isConnectionLost(failure) || hasSqlState(failure, RECOVERY_CONFLICT_STATES);
  }

  /** The message of the root cause in one line; it contains no password. */
  public static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).replaceAll("\\R+", " ");
  }

  /** Whether the server accepts only reads; another server of the same URL may accept writes. */
  static boolean isReadOnly(Throwable failure) {
    return hasSqlState(failure, READ_ONLY_STATES);
  }

  /** Whether the failure is a violation of a unique constraint or primary key. */
  public static boolean isUniqueViolation(Throwable failure) {
    return hasSqlState(failure, UNIQUE_VIOLATION_STATES);
  }

  /** Whether the exception of the driver has one of these SQLSTATEs. */
  public static boolean hasSqlState(Throwable failure, Set<String> states) {
    SQLException cause = innermostSqlException(failure);
    return cause != null && cause.getSQLState() != null && states.contains(cause.getSQLState());
  }

  /** The innermost exception is the one of the driver; the outer ones are from the pool. */
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
      return "the database file is in use by another process; only one process can open it";
    }
    if (state.startsWith("28")) {
      return "the database rejects the user or the password in the URL";
    }
    if (state.startsWith("3D")) {
      return "the database server has no database with the name in the URL";
    }
    return "the database cannot be reached";
  }
}
