package kassa.adapters.persistence.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The file of an embedded H2 database: controls when H2 writes it and forces it to disk. The SQL
 * statement {@code CHECKPOINT SYNC} is not enough for {@link #force}: it returns too early if
 * another thread of H2 has already taken the changes to write them. See docs/decisions/0011.
 */
record H2File(MVStore store) {

  private static final int TARGET_FILL_PERCENT = 60;
  private static final int NO_AUTO_COMMIT = -1;
  private static final int MAX_COMPACT_BYTES = 1 << 20;

  /**
   * Identities of the open files. Deleted files can still be written on POSIX systems, so that H2
   * does not notice that its file was deleted or replaced.
   */
  private static final Map<MVStore, Object> FILE_KEYS =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * The file of a connection.
   *
   * @throws StoreUnavailableException if it is closed, or a write to it has failed before
   */
  static H2File of(Connection connection) {
    try {
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      MVStore store = session.getDatabase().getStore().getMvStore();
      if (store.getPanicException() != null) {
        throw new StoreUnavailableException(
            "the database file could not be written", store.getPanicException());
      }
      return new H2File(store);
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
   * Checks that the path still leads to the open file. The first call for a file records it.
   *
   * @throws StoreUnavailableException if the file was deleted or replaced
   */
  void requireInPlace() {
    Path path = Path.of(store.getFileStore().getFileName().replaceFirst("^[a-z]{2,}:", ""));
    Object key = fileKey(path);
    if (key == null || !FILE_KEYS.computeIfAbsent(store, _ -> key).equals(key)) {
      throw new StoreUnavailableException(
          "the database file was deleted or replaced while the server runs; restart it",
          new IOException("another file is at " + path));
    }
  }

  private static @Nullable Object fileKey(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException absent) {
      return null;
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
      requireInPlace();
    } catch (MVStoreException failure) {
      throw new StoreUnavailableException("the database file could not be written", failure);
    }
  }

  /** H2 runs this operation after all operations in the queue of its writer threads. */
  private void awaitWriterThreads() {
    store.executeFilestoreOperation(() -> {});
  }
}
