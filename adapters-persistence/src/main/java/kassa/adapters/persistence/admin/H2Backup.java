package kassa.adapters.persistence.admin;

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
import kassa.adapters.persistence.schema.SchemaVersion;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Copies the file of an embedded database while it is in use, and puts such a copy in its place
 * while it is not. See docs/decisions/0082.
 */
final class H2Backup {

  private static final String FILE_SUFFIX = ".mv.db";
  private static final FileAttribute<?>[] OWNER_ONLY = ownerOnlyAttributes();

  private H2Backup() {}

  /**
   * Writes all that is committed to a file, and returns when it is on the disk.
   *
   * @param admin a connection to the database, without a limit on statements
   * @param overwrite whether a file that is there is replaced
   * @return the length of the file in bytes
   * @throws DatabaseAdminException if it cannot be written; nothing is left of it
   */
  static long backup(Connection admin, Path file, boolean overwrite) {
    if (!overwrite && Files.exists(file)) {
      throw new DatabaseAdminException(file + " exists; --force replaces it");
    }
    Path temporary = temporarySibling(file);
    try {
      // H2 writes into the file that is there, which nobody else may read.
      Files.createFile(temporary, OWNER_ONLY);
      try (Statement statement = admin.createStatement()) {
        statement.execute("backup to '" + temporary.toString().replace("'", "''") + "'");
      }
      sync(temporary);
      long length = Files.size(temporary);
      moveTo(file, temporary, overwrite);
      return length;
    } catch (IOException | SQLException failure) {
      throw new DatabaseAdminException(
          file + " cannot be written: " + rootMessage(failure), failure);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /**
   * Puts what a backup holds in the place of a database that nobody has open.
   *
   * @param base the database's file without its ending
   * @param overwrite whether a database that is there is replaced
   * @throws DatabaseAdminException if it cannot be done; what was there is there still
   */
  static void restore(Path backup, Path base, boolean overwrite) {
    Path database = Path.of(base + FILE_SUFFIX);
    if (!Files.isRegularFile(backup)) {
      throw new DatabaseAdminException("there is no file " + backup);
    }
    if (Files.exists(database) && !overwrite) {
      // Said first of all, for a running server is the better reason not to go on.
      try (LockedFile lock = lockFile(database)) {
        throw new DatabaseAdminException(
            "there is a database at " + lock.file + "; --force replaces it");
      }
    }
    Path temporary = Path.of(temporarySibling(base) + FILE_SUFFIX);
    try {
      Files.createDirectories(base.toAbsolutePath().getParent());
      try (LockedFile lock = lockFile(database)) {
        extract(backup, temporary);
        verify(temporary, backup);
        sync(temporary);
        moveTo(database, temporary, lock.exists());
      }
    } catch (IOException failure) {
      throw new DatabaseAdminException(
          backup + " cannot be restored: " + rootMessage(failure), failure);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /** The lock that H2 takes too, so that nobody opens the database while it is replaced. */
  private record LockedFile(Path file, @Nullable FileChannel channel) implements AutoCloseable {

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

  private static LockedFile lockFile(Path database) {
    if (!Files.exists(database)) {
      return new LockedFile(database, null);
    }
    try {
      FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return new LockedFile(database, channel);
      }
      channel.close();
      throw new DatabaseAdminException(
          "the database " + database + " is in use; stop the server before restoring");
    } catch (IOException failure) {
      throw new DatabaseAdminException(
          database + " cannot be opened: " + rootMessage(failure), failure);
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
      if (entry == null || !entry.getName().endsWith(FILE_SUFFIX)) {
        throw new DatabaseAdminException(backup + " is no backup of Kassa");
      }
      Files.createFile(database, OWNER_ONLY);
      // Reading to the end of the entry compares its checksum too.
      copy(zip, database);
      if (zip.getNextEntry() != null) {
        throw new DatabaseAdminException(backup + " is no backup of Kassa");
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
  private static void verify(Path database, Path backup) throws IOException {
    String path = database.toString();
    String url = "jdbc:h2:file:" + path.substring(0, path.length() - FILE_SUFFIX.length());
    try (Connection connection =
            DriverManager.getConnection(url + ";IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
        Handle handle = Jdbi.open(connection)) {
      String version = SchemaVersion.read(handle);
      if (!version.matches("[0-9]+")) {
        throw new DatabaseAdminException(backup + " holds another database than one of Kassa");
      }
      if (Integer.parseInt(version) > Integer.parseInt(SchemaVersion.REQUIRED)) {
        throw new DatabaseAdminException(
            backup + " has schema " + version + ", newer than this version knows");
      }
      requireConsistentOrders(handle, backup);
    } catch (SQLException | JdbiException unreadable) {
      throw new DatabaseAdminException(
          backup + " is damaged: " + rootMessage(unreadable), unreadable);
    } finally {
      Files.deleteIfExists(Path.of(url.substring("jdbc:h2:file:".length()) + ".trace.db"));
    }
  }

  /** Reads every order and every line of one. */
  private static void requireConsistentOrders(Handle handle, Path backup) {
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
      throw new DatabaseAdminException(backup + " is damaged: " + broken + " orders are not whole");
    }
  }

  private static Path temporarySibling(Path file) {
    return file.resolveSibling(file.getFileName() + "-" + UUID.randomUUID() + ".part");
  }

  private static void moveTo(Path file, Path temporary, boolean overwrite) throws IOException {
    if (overwrite) {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      try {
        Files.move(temporary, file);
      } catch (FileAlreadyExistsException exists) {
        throw new DatabaseAdminException(file + " exists; --force replaces it", exists);
      }
    }
    syncDirectory(file);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes a new name durable, where the system can do that. */
  private static void syncDirectory(Path file) {
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

  private static String rootMessage(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).replaceAll("(?s)\\R.*", "");
  }

  private static FileAttribute<?>[] ownerOnlyAttributes() {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
