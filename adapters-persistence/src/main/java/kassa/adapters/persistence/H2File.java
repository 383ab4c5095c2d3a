package kassa.adapters.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The file of an embedded H2 database. {@code CHECKPOINT SYNC} would be the SQL for {@link #force},
 * but it returns too early when another thread of H2 has already taken the changes to write them.
 * See docs/decisions/0011.
 */
final class H2File {

  private final MVStore store;

  private H2File(MVStore store) {
    this.store = store;
  }

  static H2File of(Connection connection) {
    try {
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      return new H2File(session.getDatabase().getStore().getMvStore());
    } catch (SQLException gone) {
      throw new StoreUnavailableException("the database was closed", gone);
    }
  }

  /** Returns when every transaction that was committed before is on the disk. */
  void force() {
    try {
      store.commit();
      waitForWriters();
      store.sync();
    } catch (MVStoreException failure) {
      throw new StoreUnavailableException("the database's file could not be written", failure);
    }
  }

  /** H2 runs this behind all that its writing threads have been given. */
  private void waitForWriters() {
    store.executeFilestoreOperation(() -> {});
  }
}
