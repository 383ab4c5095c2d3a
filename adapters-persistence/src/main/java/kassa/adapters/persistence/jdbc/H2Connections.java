package kassa.adapters.persistence.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.Driver;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;

/**
 * Opens all connections of this process to embedded H2 databases: those of the pool, of queries and
 * of backups. If H2 has closed its database after a failure, such as a full disk or too little
 * memory, this class ends all its sessions before it opens the file again. Otherwise a session of
 * the closed database that ends later makes H2 forget the open one: H2 would then try to open the
 * file a second time and find it locked, until the process ends. Thread-safe. See
 * docs/decisions/0017.
 */
public final class H2Connections {

  /** The open databases by their names, with their sessions. */
  private static final Map<String, OpenDatabase> OPEN = new HashMap<>();

  private static final ReentrantLock LOCK = new ReentrantLock(true);

  private record OpenDatabase(Database database, Set<SessionLocal> sessions) {

    private static OpenDatabase of(Database database) {
      return new OpenDatabase(database, Collections.newSetFromMap(new WeakHashMap<>()));
    }

    private boolean isClosed() {
      MVStore store = database.getStore().getMvStore();
      // After a failed write the store stays open, but writes nothing any more.
      return database.isClosing() || store.isClosed() || store.getPanicException() != null;
    }

    private void endSessions() {
      // Releases the file, also if H2 could not write it.
      database.shutdownImmediately();
      for (SessionLocal session : Set.copyOf(sessions)) {
        try {
          session.close();
        } catch (DbException alreadyFailed) {
          // The session ends anyway, and its transaction was not committed.
        }
      }
    }
  }

  private H2Connections() {}

  /**
   * Opens a connection.
   *
   * @param url the URL of {@link Dialect#jdbcUrl}, also with another user
   * @throws SQLException if the database cannot be opened
   */
  public static Connection open(String url) throws SQLException {
    LOCK.lock();
    try {
      OPEN.values().removeIf(H2Connections::endIfClosed);
      // Not by DriverManager, which would load the drivers of all databases.
      Connection connection = Driver.load().connect(url, new Properties());
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      Database database = session.getDatabase();
      OPEN.computeIfAbsent(database.getName(), name -> OpenDatabase.of(database))
          .sessions
          .add(session);
      return connection;
    } finally {
      LOCK.unlock();
    }
  }

  private static boolean endIfClosed(OpenDatabase open) {
    if (open.isClosed()) {
      open.endSessions();
      return true;
    }
    return false;
  }
}
