package kassa.adapters.persistence.jdbc;

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
record H2File(MVStore store) {

  private static final int TARGET_FILL_PERCENT = 60;
  private static final int NO_AUTO_COMMIT = -1;
  private static final int MAX_COMPACT_BYTES = 1 << 20;

  static H2File of(Connection connection) {
    try {
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      return new H2File(session.getDatabase().getStore().getMvStore());
    } catch (SQLException gone) {
      throw new StoreUnavailableException("the database was closed", gone);
    }
  }

  /**
   * From now on H2 writes the file when it is told to, or when what is not written yet takes too
   * much memory.
   */
  void disableBackgroundWrites() {
    if (store.getAutoCommitDelay() != NO_AUTO_COMMIT) {
      // Zero waits for the thread that writes in the background to end. It must not stay zero: H2
      // would write at the end of each transaction, and there is one for every number it gives.
      store.setAutoCommitDelay(0);
      store.setAutoCommitDelay(NO_AUTO_COMMIT);
    }
  }

  /** Returns when every transaction that was committed before is on the disk. */
  void force() {
    try {
      // What H2 would do in its own time, for the file not to grow without end.
      store.compact(TARGET_FILL_PERCENT, MAX_COMPACT_BYTES);
      store.commit();
      awaitWriterThreads();
      store.sync();
    } catch (MVStoreException failure) {
      throw new StoreUnavailableException("the database's file could not be written", failure);
    }
  }

  /** H2 runs this behind all that its writing threads have been given. */
  private void awaitWriterThreads() {
    store.executeFilestoreOperation(() -> {});
  }
}
