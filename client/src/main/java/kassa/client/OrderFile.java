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
  static final int MAX_ORDER_BYTES = 1 << 20;

  private static final int MAX_ERRORS = 10;
  private static final int DIGEST_PREFIX_LENGTH = 12;

  private final Path path;
  private final boolean temporary;
  private final String name;
  private final FileFormat format;
  private final String digest;
  private final long orderCount;

  private OrderFile(
      Path path, boolean temporary, String name, FileFormat format, String digest, long orders) {
    this.path = path;
    this.temporary = temporary;
    this.name = name;
    this.format = format;
    this.digest = digest;
    this.orderCount = orders;
  }

  /**
   * Looks a file through. What can be read only once, such as a pipe, is copied to a file first.
   *
   * @throws InvalidFileException if it cannot be read, or is no such file as a whole
   */
  static OrderFile open(Path file, FileFormat format) {
    if (Files.isRegularFile(file)) {
      return inspect(file, false, String.valueOf(file.getFileName()), format);
    }
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new InvalidFileException("there is no file " + file);
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
        return inspect(copy, true, "stdin", format);
      } catch (IOException | RuntimeException failed) {
        Files.deleteIfExists(copy);
        throw failed;
      }
    } catch (IOException broken) {
      throw unreadable("standard input", broken);
    }
  }

  private static OrderFile inspect(Path path, boolean temporary, String name, FileFormat format) {
    MessageDigest sha256 = sha256();
    try {
      long orders;
      try (InputStream input = new DigestInputStream(Files.newInputStream(path), sha256)) {
        orders = countNonBlankLines(new BoundedLineReader(input, MAX_ORDER_BYTES), format, name);
      }
      if (format == FileFormat.CSV) {
        try (CsvRowReader rows = CsvRowReader.open(path)) {
          orders = new CsvFileValidator(rows).countOrders();
        } catch (InvalidFileException faulty) {
          throw new InvalidFileException(
              faulty.errors().stream().map(fault -> name + ", " + fault).toList());
        }
      }
      String digest = HexFormat.of().formatHex(sha256.digest());
      return new OrderFile(path, temporary, name, format, digest, orders);
    } catch (IOException broken) {
      throw unreadable(name, broken);
    }
  }

  /** Reads to the end, so that all of it is in the digest. */
  private static long countNonBlankLines(BoundedLineReader lines, FileFormat format, String name)
      throws IOException {
    long filled = 0;
    List<String> faults = new ArrayList<>();
    while (lines.next()) {
      filled += lines.isTooLong() || !NdjsonOrderReader.isBlank(lines.bytes()) ? 1 : 0;
      if (format == FileFormat.CSV
          && faults.size() < MAX_ERRORS
          && (lines.isTooLong() || Utf8.decode(lines.bytes()) == null)) {
        faults.add(
            "%s, line %d: %s"
                .formatted(
                    name,
                    lines.number(),
                    lines.isTooLong()
                        ? "has more than " + MAX_ORDER_BYTES + " bytes"
                        : "is not UTF-8"));
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidFileException(faults);
    }
    return filled;
  }

  /** The orders from the beginning of the file. */
  FileOrderReader openReader() throws IOException {
    return switch (format) {
      case NDJSON -> new NdjsonOrderReader(Files.newInputStream(path), digest);
      case CSV -> new CsvOrderReader(CsvRowReader.open(path));
    };
  }

  /** How many orders there are. */
  long orderCount() {
    return orderCount;
  }

  /** Its name without its folder; a name by its content if it has none. */
  String name() {
    return temporary ? name + "-" + digest.substring(0, DIGEST_PREFIX_LENGTH) : name;
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

  private static InvalidFileException unreadable(String name, IOException broken) {
    return new InvalidFileException(name + " cannot be read: " + broken);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
