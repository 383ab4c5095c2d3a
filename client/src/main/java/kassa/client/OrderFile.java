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

/** Validated file of orders that can be read from its start. */
final class OrderFile implements AutoCloseable {

  /** Maximum size of an order, or of a line of the file: 1 MiB, as in the API. */
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
   * Opens and validates a file. A pipe is copied to a temporary file first.
   *
   * @throws InvalidFileException if the file is not readable or is invalid as a whole
   */
  static OrderFile open(Path file, FileFormat format) {
    if (Files.isRegularFile(file)) {
      return inspect(file, false, String.valueOf(file.getFileName()), format);
    }
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new InvalidFileException("file not found: " + file);
    }
    try (InputStream input = Files.newInputStream(file)) {
      return open(input, format);
    } catch (IOException broken) {
      throw unreadable(String.valueOf(file), broken);
    }
  }

  /** Copies a stream to a temporary file, and opens and validates it. */
  static OrderFile open(InputStream input, FileFormat format) {
    try {
      Path copy = Files.createTempFile("kassa-import", ".part");
      // Also deleted if the process receives SIGTERM during the copy.
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
        } catch (InvalidFileException invalid) {
          throw new InvalidFileException(
              invalid.errors().stream().map(error -> name + ", " + error).toList());
        }
      }
      String digest = HexFormat.of().formatHex(sha256.digest());
      return new OrderFile(path, temporary, name, format, digest, orders);
    } catch (IOException broken) {
      throw unreadable(name, broken);
    }
  }

  /** Counts the lines that are not blank. Reads to the end, because the digest needs it. */
  private static long countNonBlankLines(BoundedLineReader lines, FileFormat format, String name)
      throws IOException {
    long nonBlank = 0;
    List<String> errors = new ArrayList<>();
    while (lines.next()) {
      nonBlank += lines.isTooLong() || !NdjsonOrderReader.isBlank(lines.bytes()) ? 1 : 0;
      if (format == FileFormat.CSV
          && errors.size() < MAX_ERRORS
          && (lines.isTooLong() || Utf8.decode(lines.bytes()) == null)) {
        errors.add(
            "%s, line %s: %s"
                .formatted(
                    name,
                    lines.number(),
                    lines.isTooLong()
                        ? "has more than " + MAX_ORDER_BYTES + " bytes"
                        : "is not UTF-8"));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidFileException(errors);
    }
    return nonBlank;
  }

  /** Opens a reader at the start of the file. */
  FileOrderReader openReader() throws IOException {
    return switch (format) {
      case NDJSON -> new NdjsonOrderReader(Files.newInputStream(path), digest);
      case CSV -> new CsvOrderReader(CsvRowReader.open(path));
    };
  }

  /** Number of orders, including invalid ones. */
  long orderCount() {
    return orderCount;
  }

  /** File name without folder; for a stream a name with the digest of the content. */
  String name() {
    return temporary ? name + "-" + digest.substring(0, DIGEST_PREFIX_LENGTH) : name;
  }

  /** SHA-256 of the content, hexadecimal. */
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
    return new InvalidFileException(name + " is not readable: " + broken);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
