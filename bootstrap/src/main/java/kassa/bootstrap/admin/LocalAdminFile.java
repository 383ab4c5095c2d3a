package kassa.bootstrap.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.bootstrap.config.Config;

/**
 * File with the port and the token of the local admin channel. A process that can read it can use
 * the channel; on POSIX systems only its owner can.
 *
 * @param port the port on the loopback address
 * @param token the credential of a client
 */
record LocalAdminFile(int port, String token) {

  private static final String SUFFIX = ".local-admin";
  private static final String POSTGRESQL = "postgresql-";

  /**
   * Path of the file: beside an embedded database; for PostgreSQL in the data folder, with a name
   * for each database.
   */
  static Path pathFor(Config config) {
    return pathForEmbedded(config)
        .orElseGet(
            () -> config.dataDir().resolve(POSTGRESQL + digest(config.database().url()) + SUFFIX));
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

  /** Path of the file beside an embedded database; empty for PostgreSQL. */
  static Optional<Path> pathForEmbedded(Config config) {
    return new DatabaseAdmin(config.database().url())
        .file()
        .map(database -> database.resolveSibling(database.getFileName() + SUFFIX));
  }

  /** Reads a file; empty if it does not exist or is malformed. */
  static Optional<LocalAdminFile> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.size() == 2 && lines.getFirst().matches("[1-9][0-9]{0,4}")
          ? Optional.of(new LocalAdminFile(Integer.parseInt(lines.getFirst()), lines.getLast()))
          : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Writes the file atomically, and replaces the file of another or a killed server. */
  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporaryFile =
        Files.createTempFile(folder, "local-admin", ".part", ownerOnlyPermissions());
    try {
      Files.write(temporaryFile, List.of(Integer.toString(port), token), StandardCharsets.US_ASCII);
      Files.move(temporaryFile, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporaryFile);
    }
  }

  /** Deletes the file, unless another server has replaced it. */
  void deleteFrom(Path file) throws IOException {
    if (read(file).filter(this::equals).isPresent()) {
      Files.deleteIfExists(file);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "LocalAdminFile[" + port + "]";
  }

  private static FileAttribute<?>[] ownerOnlyPermissions() {
    boolean posix = Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
