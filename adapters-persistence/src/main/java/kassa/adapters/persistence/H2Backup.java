package kassa.adapters.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import kassa.adapters.persistence.Persistence.RefusedException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Copies the file of an embedded database while it is in use, and puts such a copy in its place
 * while it is not. See docs/decisions/0082.
 */
final class H2Backup {

  private static final String ENDING = ".mv.db";
  private static final FileAttribute<?>[] OWNERS = owners();

  private H2Backup() {}

  /**
   * Writes all that is committed to a file, and returns when it is on the disk.
   *
   * @param admin a connection to the database, without a limit on statements
   * @param overwrite whether a file that is there is replaced
   * @return the length of the file in bytes
   * @throws RefusedException if it cannot be written; nothing is left of it
   */
  static long backup(Connection admin, Path file, boolean overwrite) {
    if (!overwrite && Files.exists(file)) {
      throw new RefusedException(file + " exists; --force replaces it");
    }
    Path unfinished = beside(file);
    try {
      // H2 writes into the file that is there, which nobody else may read.
      Files.createFile(unfinished, OWNERS);
      try (Statement statement = admin.createStatement()) {
        statement.execute("backup to '" + unfinished.toString().replace("'", "''") + "'");
      }
      force(unfinished);
      long length = Files.size(unfinished);
      moveInto(file, unfinished, overwrite);
      return length;
    } catch (IOException | SQLException failure) {
      throw new RefusedException(file + " cannot be written: " + told(failure), failure);
    } finally {
      deleteQuietly(unfinished);
    }
  }

  /**
   * Puts what a backup holds in the place of a database that nobody has open.
   *
   * @param base the database's file without its ending
   * @param overwrite whether a database that is there is replaced
   * @throws RefusedException if it cannot be done; what was there is there still
   */
  static void restore(Path backup, Path base, boolean overwrite) {
    Path database = Path.of(base + ENDING);
    if (!Files.isRegularFile(backup)) {
      throw new RefusedException("there is no file " + backup);
    }
    if (Files.exists(database) && !overwrite) {
      // Said first of all, for a running server is the better reason not to go on.
      try (Held held = hold(database)) {
        throw new RefusedException("there is a database at " + held.file + "; --force replaces it");
      }
    }
    Path unfinished = Path.of(beside(base) + ENDING);
    try {
      Files.createDirectories(base.toAbsolutePath().getParent());
      try (Held held = hold(database)) {
        extract(backup, unfinished);
        check(unfinished, backup);
        force(unfinished);
        moveInto(database, unfinished, held.exists());
      }
    } catch (IOException failure) {
      throw new RefusedException(backup + " cannot be restored: " + told(failure), failure);
    } finally {
      deleteQuietly(unfinished);
    }
  }

  /** The lock that H2 takes too, so that nobody opens the database while it is replaced. */
  private record Held(Path file, @Nullable FileChannel channel) implements AutoCloseable {

    boolean exists() {
      return channel != null;
    }

    @Override
    public void close() {
      if (channel != null) {
        try {
          channel.close();
        } catch (IOException ignored) {
          // The lock ends with the process at the latest.
        }
      }
    }
  }

  private static Held hold(Path database) {
    if (!Files.exists(database)) {
      return new Held(database, null);
    }
    try {
      FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return new Held(database, channel);
      }
      channel.close();
      throw new RefusedException(
          "the database " + database + " is in use; stop the server before restoring");
    } catch (IOException failure) {
      throw new RefusedException(database + " cannot be opened: " + told(failure), failure);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ours) {
      return null;
    }
  }

  private static void extract(Path backup, Path database) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null || !entry.getName().endsWith(ENDING)) {
        throw new RefusedException(backup + " is no backup of Kassa");
      }
      Files.createFile(database, OWNERS);
      // Reading to the end of the entry compares its checksum too.
      copy(zip, database);
      if (zip.getNextEntry() != null) {
        throw new RefusedException(backup + " is no backup of Kassa");
      }
    }
  }

  private static void copy(InputStream content, Path file) throws IOException {
    try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      content.transferTo(out);
    }
  }

  /**
   * Opens what was extracted, has H2 put it in order, and looks whether it is what it should be.
   */
  private static void check(Path database, Path backup) throws IOException {
    String path = database.toString();
    String url = "jdbc:h2:file:" + path.substring(0, path.length() - ENDING.length());
    try (Connection connection =
            DriverManager.getConnection(url + ";IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
        Handle handle = Jdbi.open(connection)) {
      String version = SchemaVersion.of(handle);
      if (!version.matches("[0-9]+")) {
        throw new RefusedException(backup + " holds another database than one of Kassa");
      }
      if (Integer.parseInt(version) > Integer.parseInt(SchemaVersion.NEEDED)) {
        throw new RefusedException(
            backup + " has schema " + version + ", newer than this version knows");
      }
      requireWholeOrders(handle, backup);
    } catch (SQLException | JdbiException unreadable) {
      throw new RefusedException(backup + " is damaged: " + told(unreadable), unreadable);
    } finally {
      Files.deleteIfExists(Path.of(url.substring("jdbc:h2:file:".length()) + ".trace.db"));
    }
  }

  /** Reads every order and every line of one. */
  private static void requireWholeOrders(Handle handle, Path backup) {
    long broken =
        handle
            .createQuery(
                """
                select count(*) from orders o
                where o.subtotal <> (
                  select coalesce(sum(l.subtotal), -1) from order_lines l where l.order_id = o.id)
                """)
            .mapTo(Long.class)
            .one();
    if (broken > 0) {
      throw new RefusedException(backup + " is damaged: " + broken + " orders are not whole");
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + "-" + UUID.randomUUID() + ".part");
  }

  private static void moveInto(Path file, Path unfinished, boolean overwrite) throws IOException {
    if (overwrite) {
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      try {
        Files.move(unfinished, file);
      } catch (FileAlreadyExistsException overtaken) {
        throw new RefusedException(file + " exists; --force replaces it", overtaken);
      }
    }
    forceNameOf(file);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes a new name durable, where the system can do that. */
  private static void forceNameOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // Windows opens no folders; its file systems keep names in order.
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // Its name says that it is a part.
    }
  }

  private static String told(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).replaceAll("(?s)\\R.*", "");
  }

  private static FileAttribute<?>[] owners() {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
