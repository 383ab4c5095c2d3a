package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import kassa.adapters.persistence.schema.DeferredIndexes;
import kassa.adapters.persistence.schema.SchemaVersion;
import kassa.adapters.persistence.sql.NamedParameterParser;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Backup and restore of an embedded H2 database: online backup, and atomic replacement of a
 * database that is not in use. See docs/decisions/0082.
 */
final class H2Backup {

  private static final String FILE_SUFFIX = ".mv.db";

  /** A database shrinks by less than this in a ZIP file, apart from its first megabytes. */
  private static final int MAX_COMPRESSION = 100;

  private static final long MIN_SIZE_LIMIT = 64L << 20;

  private H2Backup() {}

  /**
   * Writes the committed data to a file, and returns when it is on disk.
   *
   * @param admin a connection to the database, without a statement timeout
   * @param overwrite whether an existing file is replaced
   * @return the size of the backup in bytes
   * @throws DatabaseAdminException if it cannot be written; no partial file remains
   */
  static long backup(Connection admin, Path file, boolean overwrite) {
    if (!overwrite && Files.exists(file)) {
      throw new DatabaseAdminException(file + " exists; --force replaces it");
    }
    Path temporary = temporarySibling(file);
    try {
      // H2 writes into this existing file, which only its owner may read.
      OwnerOnly.createFile(temporary);
      try (Statement statement = admin.createStatement()) {
        String sql = "backup to '" + temporary.toString().replace("'", "''") + "'";
        H2Copy.<SQLException>alone(() -> statement.execute(sql));
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
   * Replaces a database that is not in use by the content of a backup.
   *
   * @param base the file of the database without its suffix
   * @param overwrite whether an existing database may be replaced
   * @param maxBytes maximum size of the database; 0 for 100 times the size of the backup and at
   *     least 64 MiB
   * @throws DatabaseAdminException if the restore fails; an existing database is unchanged then
   */
  static void restore(Path backup, Path base, boolean overwrite, long maxBytes) {
    Path database = Path.of(base + FILE_SUFFIX);
    if (!Files.isRegularFile(backup)) {
      throw new DatabaseAdminException(backup + " does not exist or is not a file");
    }
    if (Files.exists(database) && !overwrite) {
      // The lock is checked first, because a running server is the more important error.
      try (LockedFile lock = lockFile(database)) {
        throw new DatabaseAdminException(
            "a database exists at " + lock.file + "; --force replaces it");
      }
    }
    Path temporary = Path.of(temporarySibling(base) + FILE_SUFFIX);
    try {
      OwnerOnly.createFolder(base.toAbsolutePath().resolveSibling("."));
      try (LockedFile lock = lockFile(database)) {
        requireSpace(backup, temporary);
        extract(backup, temporary, sizeLimit(backup, maxBytes));
        H2Catalog.requireNoCode(temporary, backup.toString());
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

  /** Holds the file lock of H2, so that no process opens the database while it is replaced. */
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
          // The lock is released when the process exits.
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
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private static long sizeLimit(Path backup, long maxBytes) throws IOException {
    return maxBytes > 0
        ? maxBytes
        : Math.max(MIN_SIZE_LIMIT, Math.multiplyExact(Files.size(backup), MAX_COMPRESSION));
  }

  /** Checks the free space for the database, which is beside an existing one until it is moved. */
  private static void requireSpace(Path backup, Path database) throws IOException {
    Path folder = database.toAbsolutePath().resolveSibling(".").normalize();
    requireSpace(folder, declaredSize(backup), Files.getFileStore(folder).getUsableSpace());
  }

  /** As above, with the size of the database and the free space in bytes. */
  static void requireSpace(Path folder, long size, long usable) {
    if (size > usable) {
      throw new DatabaseAdminException(
          "not enough space in %s: the database needs %s MiB, %s MiB are free, %s MiB are missing"
              .formatted(folder, toMebibytes(size), usable >> 20, toMebibytes(size - usable)));
    }
  }

  private static long toMebibytes(long bytes) {
    return Math.ceilDiv(bytes, 1 << 20);
  }

  /** The size of the database as the backup declares it; 0 if that is unknown. */
  private static long declaredSize(Path backup) throws IOException {
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      return zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).max().orElse(0);
    } catch (ZipException damaged) {
      return 0;
    }
  }

  private static void extract(Path backup, Path database, long maxBytes) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null || !entry.getName().endsWith(FILE_SUFFIX)) {
        throw new DatabaseAdminException(backup + " is not a Kassa backup");
      }
      OwnerOnly.createFile(database);
      // Reading to the end of the entry also verifies its checksum.
      if (!copy(zip, database, maxBytes)) {
        throw new DatabaseAdminException(
            backup
                + " contains more than "
                + maxBytes / (1 << 20)
                + " MiB; if you trust it, allow more with --max-size");
      }
      if (zip.getNextEntry() != null) {
        throw new DatabaseAdminException(backup + " is not a Kassa backup");
      }
    }
  }

  /** Copies at most a number of bytes; returns false if there are more. */
  private static boolean copy(InputStream content, Path file, long maxBytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long remaining = maxBytes;
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        remaining -= read;
        if (remaining < 0) {
          return false;
        }
        out.write(buffer, 0, read);
      }
    }
    return true;
  }

  /** Opens the extracted database, which runs the recovery of H2, and checks its content. */
  private static void verify(Path database, Path backup) throws IOException {
    String path = database.toString();
    String url = "jdbc:h2:file:" + path.substring(0, path.length() - FILE_SUFFIX.length());
    try (Connection connection =
            DriverManager.getConnection(url + ";IFEXISTS=TRUE;DB_CLOSE_ON_EXIT=FALSE", "sa", "");
        Handle handle = NamedParameterParser.use(Jdbi.open(connection))) {
      String version = SchemaVersion.read(handle);
      if (!SchemaVersion.isVersion(version)) {
        throw new DatabaseAdminException(backup + " does not contain a Kassa database");
      }
      if (SchemaVersion.compareToRequired(version) > 0) {
        throw new DatabaseAdminException(
            backup
                + " has schema version "
                + version
                + ", which is newer than this version of Kassa supports");
      }
      requireIndexesOnly(handle, backup);
      requireConsistentOrders(handle, backup);
    } catch (SQLException | JdbiException unreadable) {
      throw new DatabaseAdminException(
          backup + " is damaged: " + rootMessage(unreadable), unreadable);
    } finally {
      Files.deleteIfExists(Path.of(url.substring("jdbc:h2:file:".length()) + ".trace.db"));
    }
  }

  private static void requireIndexesOnly(Handle handle, Path backup) {
    try {
      DeferredIndexes.requireIndexesOnly(handle);
    } catch (IllegalStateException code) {
      throw new DatabaseAdminException(backup + " is not a backup of Kassa: " + code.getMessage());
    }
  }

  /** Compares the subtotal of each order with its lines, which reads all orders and lines. */
  private static void requireConsistentOrders(Handle handle, Path backup) {
    long inconsistent =
        handle
            .createQuery(
                """
                select count(*) from orders o
                where o.subtotal <> (
                  select coalesce(sum(l.subtotal), -1) from order_lines l where l.order_id = o.id)
                """)
            .mapTo(Long.class)
            .one();
    if (inconsistent > 0) {
      throw new DatabaseAdminException(
          backup + " is damaged: " + inconsistent + " orders do not match their lines");
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

  /** Makes a new file name durable, if the operating system supports it. */
  private static void syncDirectory(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // Windows cannot open directories; its file systems make names durable themselves.
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException ignored) {
      // The suffix .part marks it as incomplete.
    }
  }

  private static String rootMessage(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).replaceAll("(?s)\\R.*", "");
  }
}
