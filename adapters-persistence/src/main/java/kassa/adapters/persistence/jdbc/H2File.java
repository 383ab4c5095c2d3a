package kassa.adapters.persistence.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The file of an embedded H2 database: controls when H2 writes it and forces it to disk. The SQL
 * statement {@code CHECKPOINT SYNC} is not enough for {@link #force}: it returns too early if
 * another thread of H2 has already taken the changes to write them. See docs/decisions/0011.
 */
record H2File(MVStore store) {

  private static final int TARGET_FILL_PERCENT = 60;
  private static final int NO_AUTO_COMMIT = -1;
  private static final int MAX_COMPACT_BYTES = 1 << 20;

  static H2File of(Connection connection) {
    try {
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      return new H2File(session.getDatabase().getStore().getMvStore());
    } catch (SQLException closed) {
      throw new StoreUnavailableException("the database was closed", closed);
    }
  }

  /**
   * Stops the background writer of H2. H2 then writes the file on {@link #force}, and during a
   * transaction if the unwritten changes exceed its memory limit; the thread of that transaction
   * writes then.
   */
  void disableBackgroundWrites() {
    if (store.getAutoCommitDelay() != NO_AUTO_COMMIT) {
      // Zero waits until the background writer has stopped. It must not stay zero: H2 would write
      // at the end of each transaction, also of its own one for each generated order number.
      store.setAutoCommitDelay(0);
      store.setAutoCommitDelay(NO_AUTO_COMMIT);
    }
  }

  /**
   * Writes all committed transactions to disk.
   *
   * @throws StoreUnavailableException if the file cannot be written
   */
  void force() {
    try {
      // The background writer would compact the file, so that it does not grow without limit.
      store.compact(TARGET_FILL_PERCENT, MAX_COMPACT_BYTES);
      store.commit();
      awaitWriterThreads();
      store.sync();
    } catch (MVStoreException failure) {
      throw new StoreUnavailableException("the database file could not be written", failure);
    }
  }

  /** H2 runs this operation after all operations in the queue of its writer threads. */
  private void awaitWriterThreads() {
    store.executeFilestoreOperation(() -> {});
  }
}
