package kassa.bootstrap.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.bootstrap.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Unix domain socket of the local admin channel. Its folder is accessible to its owner only, so
 * that only processes of this user can create the socket or connect to it; a client verifies that
 * before it sends anything. Needs a POSIX file system. See docs/decisions/0083.
 *
 * @param folder the folder of the socket and of copies of the database for queries
 */
record LocalAdminSocket(Path folder) {

  private static final String NAME = "socket";
  private static final String SUFFIX = ".local-admin";
  private static final String POSTGRESQL = "postgresql-";
  private static final String COPY = "query-";
  private static final int BACKLOG = 64;
  private static final int ROOT = 0;

  /** Linux accepts 107 bytes, macOS and BSD 103. */
  private static final int MAX_PATH_BYTES = 100;

  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  /**
   * Socket of a database: beside an embedded database; for PostgreSQL in the data folder, with a
   * name for each database.
   */
  static LocalAdminSocket of(Config config) {
    return ofEmbedded(config)
        .orElseGet(() ->
            new LocalAdminSocket(
                config.dataDir().resolve(POSTGRESQL + digest(config.database().url()) + SUFFIX)));
  }

  /** Socket beside an embedded database; empty for PostgreSQL. */
  static Optional<LocalAdminSocket> ofEmbedded(Config config) {
    return new DatabaseAdmin(config.database().url())
        .file()
        .map(database ->
            new LocalAdminSocket(database.resolveSibling(database.getFileName() + SUFFIX)));
  }

  /** Digest of a URL without user, password and parameters. */
  private static String digest(String url) {
    String database = url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(database.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this JVM has no SHA-256", missing);
    }
  }

  /** Path of the socket. */
  Path path() {
    return folder.resolve(NAME);
  }

  /**
   * Starts to listen. Replaces the socket of a killed server, or of another server, atomically.
   *
   * @throws IOException if the folder belongs to another user, or the socket cannot be created
   */
  ServerSocketChannel listen() throws IOException {
    createFolder();
    Path temporary = folder.resolve(UUID.randomUUID().toString().substring(0, 8));
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      atShortPath(temporary, path -> channel.bind(UnixDomainSocketAddress.of(path), BACKLOG));
      requireOwnerOnly(uid(temporary));
      Files.setPosixFilePermissions(temporary, OWNER_FILE);
      Files.move(temporary, path(), StandardCopyOption.ATOMIC_MOVE);
      return channel;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Connects to the server.
   *
   * @return empty if no server listens; the socket of a killed server has no effect
   * @throws CommandFailedException if another user could listen there; nothing was sent
   */
  Optional<SocketChannel> connect() throws IOException {
    if (!Files.exists(path(), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    requireTrustedOwner();
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      atShortPath(path(), path -> channel.connect(UnixDomainSocketAddress.of(path)));
      return Optional.of(channel);
    } catch (ConnectException killed) {
      channel.close();
      return Optional.empty();
    } catch (IOException | RuntimeException failure) {
      channel.close();
      if (!Files.exists(path(), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** A new path in the folder for a copy of the database, without the suffix of H2. */
  Path newCopy() {
    return folder.resolve(COPY + UUID.randomUUID());
  }

  /** Deletes a copy of the database and its files, if it exists. */
  static void deleteCopy(@Nullable Path base) {
    if (base != null) {
      deleteFiles(base.resolveSibling("."), String.valueOf(base.getFileName()));
    }
  }

  private static void deleteFiles(Path folder, String prefix) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException ignored) {
      // The next start deletes it.
    }
  }

  /** Identity of the socket file; {@code null} if it does not exist. */
  @Nullable Object fileKey() {
    try {
      return Files.readAttributes(path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (IOException absent) {
      return null;
    }
  }

  /** Deletes the socket, unless another server has replaced it. */
  void delete(@Nullable Object fileKey) throws IOException {
    if (fileKey != null && Objects.equals(fileKey(), fileKey)) {
      Files.deleteIfExists(path());
    }
  }

  private void createFolder() throws IOException {
    Files.createDirectories(
        folder.toAbsolutePath().getParent(), PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    }
    Files.setPosixFilePermissions(folder, OWNER_FOLDER);
    // Those of a killed server.
    deleteFiles(folder, COPY);
  }

  /**
   * Requires that only one user can create files in the folder.
   *
   * @param uid the user
   */
  private void requireOwnerOnly(int uid) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isDirectory()
        || !OWNER_FOLDER.containsAll(attributes.permissions())
        || uid(folder) != uid) {
      throw new IOException(folder + " is not a folder of one user only");
    }
  }

  /** Trusts the current user; root also trusts the owner of the folder of the database. */
  private void requireTrustedOwner() throws IOException {
    int owner = uid(folder);
    int user = currentUser();
    boolean trusted = owner == user || (user == ROOT && owner == uid(folder.resolveSibling(".")));
    try {
      requireOwnerOnly(owner);
      trusted &= uid(path()) == owner;
    } catch (IOException accessible) {
      trusted = false;
    }
    if (!trusted) {
      throw new CommandFailedException(
          folder
              + " is not a folder of this user only; nothing was sent."
              + " Stop the server, delete this folder and start the server again");
    }
  }

  private static int uid(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** The user of this process, who owns what the process creates. */
  private static int currentUser() throws IOException {
    Path file = Files.createTempFile("kassa", "");
    try {
      return uid(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Use of the path of a socket. */
  private interface SocketUse {

    void at(Path path) throws IOException;
  }

  /** Uses a socket by a temporary link if its path is too long for the operating system. */
  private static void atShortPath(Path socket, SocketUse use) throws IOException {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES) {
      use.at(socket);
      return;
    }
    // Java creates a folder that only its owner can access.
    Path temporary = Files.createTempDirectory("kassa");
    Path link = temporary.resolve("link");
    try {
      Files.createSymbolicLink(link, socket.toAbsolutePath().getParent());
      use.at(link.resolve(socket.getFileName()));
    } finally {
      Files.deleteIfExists(link);
      Files.deleteIfExists(temporary);
    }
  }
}
