package kassa.bootstrap;

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
record ControlFile(int port, String token) {

  /** The file that stands beside a database, whose own file is given without its ending. */
  static Path beside(Path database) {
    return database.resolveSibling(database.getFileName() + ".control");
  }

  /** What stands in a file; nothing if there is none, or none that a server has written. */
  static Optional<ControlFile> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.size() == 2 && lines.getFirst().matches("[1-9][0-9]{0,4}")
          ? Optional.of(new ControlFile(Integer.parseInt(lines.getFirst()), lines.getLast()))
          : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Writes it whole, in the place of what a server that was killed may have left. */
  void write(Path file) throws IOException {
    Path unfinished = Files.createTempFile(file.getParent(), "control", ".part", owners());
    try {
      Files.write(unfinished, List.of(Integer.toString(port), token), StandardCharsets.US_ASCII);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
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
