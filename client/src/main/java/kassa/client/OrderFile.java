package kassa.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A file of orders that was looked through once, and can be read from its beginning. */
final class OrderFile implements AutoCloseable {

  /** The most bytes of an order, or of a line of it: 1 MiB, as the contract has it. */
  static final int LARGEST_ORDER = 1 << 20;

  private static final int MOST_FAULTS = 10;
  private static final int SHOWN_OF_DIGEST = 12;

  private final Path path;
  private final boolean temporary;
  private final String name;
  private final FileFormat format;
  private final String digest;
  private final long orders;

  private OrderFile(
      Path path, boolean temporary, String name, FileFormat format, String digest, long orders) {
    this.path = path;
    this.temporary = temporary;
    this.name = name;
    this.format = format;
    this.digest = digest;
    this.orders = orders;
  }

  /**
   * Looks a file through. What can be read only once, such as a pipe, is copied to a file first.
   *
   * @throws UnusableFileException if it cannot be read, or is no such file as a whole
   */
  static OrderFile open(Path file, FileFormat format) {
    if (Files.isRegularFile(file)) {
      return look(file, false, String.valueOf(file.getFileName()), format);
    }
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new UnusableFileException("there is no file " + file);
    }
    try (InputStream input = Files.newInputStream(file)) {
      return open(input, format);
    } catch (IOException broken) {
      throw unreadable(String.valueOf(file), broken);
    }
  }

  /** The same with what comes from elsewhere, to its end. */
  static OrderFile open(InputStream input, FileFormat format) {
    try {
      Path copy = Files.createTempFile("kassa-import", ".part");
      // Also if the process is told to end meanwhile.
      copy.toFile().deleteOnExit();
      try {
        Files.copy(input, copy, StandardCopyOption.REPLACE_EXISTING);
        return look(copy, true, "stdin", format);
      } catch (IOException | RuntimeException failed) {
        Files.deleteIfExists(copy);
        throw failed;
      }
    } catch (IOException broken) {
      throw unreadable("standard input", broken);
    }
  }

  private static OrderFile look(Path path, boolean temporary, String name, FileFormat format) {
    MessageDigest sha256 = sha256();
    try {
      long orders;
      try (InputStream input = new DigestInputStream(Files.newInputStream(path), sha256)) {
        orders = count(new Lines(input, LARGEST_ORDER), format, name);
      }
      if (format == FileFormat.CSV) {
        try (CsvRows rows = CsvRows.open(path)) {
          orders = new CsvCheck(rows).orders();
        } catch (UnusableFileException faulty) {
          throw new UnusableFileException(
              faulty.faults().stream().map(fault -> name + ", " + fault).toList());
        }
      }
      String digest = HexFormat.of().formatHex(sha256.digest());
      return new OrderFile(path, temporary, name, format, digest, orders);
    } catch (IOException broken) {
      throw unreadable(name, broken);
    }
  }

  /** Reads to the end, so that all of it is in the digest. */
  private static long count(Lines lines, FileFormat format, String name) throws IOException {
    long filled = 0;
    List<String> faults = new ArrayList<>();
    while (lines.next()) {
      filled += lines.isTooLong() || !NdjsonOrders.isBlank(lines.bytes()) ? 1 : 0;
      if (format == FileFormat.CSV
          && faults.size() < MOST_FAULTS
          && (lines.isTooLong() || Utf8.decode(lines.bytes()) == null)) {
        faults.add(
            "%s, line %d: %s"
                .formatted(
                    name,
                    lines.number(),
                    lines.isTooLong()
                        ? "has more than " + LARGEST_ORDER + " bytes"
                        : "is not UTF-8"));
      }
    }
    if (!faults.isEmpty()) {
      throw new UnusableFileException(faults);
    }
    return filled;
  }

  /** The orders from the beginning of the file. */
  Submissions read() throws IOException {
    return switch (format) {
      case NDJSON -> new NdjsonOrders(Files.newInputStream(path), digest);
      case CSV -> new CsvOrders(CsvRows.open(path));
    };
  }

  /** How many orders there are. */
  long orders() {
    return orders;
  }

  /** Its name without its folder; a name by its content if it has none. */
  String name() {
    return temporary ? name + "-" + digest.substring(0, SHOWN_OF_DIGEST) : name;
  }

  /** The same for files of the same content and no others: a SHA-256 in hexadecimal. */
  String digest() {
    return digest;
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.deleteIfExists(path);
    }
  }

  private static UnusableFileException unreadable(String name, IOException broken) {
    return new UnusableFileException(name + " cannot be read: " + broken);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
