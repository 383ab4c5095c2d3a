package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStoreException;

/**
 * Copies an open H2 database with its committed data to a file that another process can open. Does
 * what {@code BACKUP TO} does, without compression. See docs/decisions/0018.
 */
final class H2Copy {

  /** Copies and backups run one at a time: the end of one lets H2 reuse the space of its file. */
  private static final Object ONE_AT_A_TIME = new Object();

  private H2Copy() {}

  /** Runs a copy or a backup while no other one runs. */
  static <X extends Exception> void alone(Work<X> work) throws X {
    synchronized (ONE_AT_A_TIME) {
      work.run();
    }
  }

  /** A copy or a backup. */
  interface Work<X extends Exception> {

    void run() throws X;
  }

  /**
   * Writes the copy.
   *
   * @throws DatabaseAdminException if it cannot be written, or would leave less than half of the
   *     free space, which the database itself needs; no partial file remains
   */
  static void write(Connection admin, Path file) throws SQLException {
    SessionLocal session = (SessionLocal) admin.unwrap(JdbcConnection.class).getSession();
    try {
      alone(() -> write(session.getDatabase(), file));
    } catch (IOException | DbException | MVStoreException failure) {
      delete(file);
      throw new DatabaseAdminException(
          file + " cannot be written: " + failure.getMessage(), failure);
    }
  }

  private static void write(Database database, Path file) throws IOException {
    database.getStore().flush();
    FileStore<?> store = database.getStore().getMvStore().getFileStore();
    requireSpace(store.size(), file);
    OwnerOnly.createFile(file);
    try (ZipOutputStream out =
        new UncompressedCopy(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
      store.backup(out);
    }
  }

  private static void requireSpace(long bytes, Path file) throws IOException {
    long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
    if (free < 2 * bytes) {
      throw new IOException(
          "a copy of the database needs "
              + bytes / (1 << 20)
              + " MiB, and only "
              + free / (1 << 20)
              + " MiB are free, of which half must remain");
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // The caller learns that the copy has failed.
    }
  }

  /** Writes the content of the only entry as it is. */
  private static final class UncompressedCopy extends ZipOutputStream {

    private UncompressedCopy(OutputStream file) {
      super(file);
    }

    @Override
    public void putNextEntry(ZipEntry entry) {
      // A database has one file.
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void closeEntry() {
      // Nothing is written after the content.
    }

    @Override
    public void close() throws IOException {
      def.end();
      out.close();
    }
  }
}
