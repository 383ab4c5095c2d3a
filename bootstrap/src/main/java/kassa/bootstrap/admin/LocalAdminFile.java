package kassa.bootstrap.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Where a running server can be asked, beside the file of its database. Whoever can read it may
 * ask; on systems that know owners that is the owner alone.
 *
 * @param port the port on the loopback address
 * @param token what a caller has to say
 */
record LocalAdminFile(int port, String token) {

  /** The file that stands beside a database, whose own file is given without its ending. */
  static Path pathFor(Path database) {
    return database.resolveSibling(database.getFileName() + ".control");
  }

  /** What stands in a file; nothing if there is none, or none that a server has written. */
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

  /** Writes it whole, in the place of what a server that was killed may have left. */
  void write(Path file) throws IOException {
    Path temporaryFile =
        Files.createTempFile(file.getParent(), "control", ".part", ownerOnlyPermissions());
    try {
      Files.write(temporaryFile, List.of(Integer.toString(port), token), StandardCharsets.US_ASCII);
      Files.move(temporaryFile, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporaryFile);
    }
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
