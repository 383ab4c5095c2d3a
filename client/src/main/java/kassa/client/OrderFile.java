package kassa.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
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
  private static final int UTF_16_MARK_BYTES = 2;
  private static final String STANDARD_INPUT = "stdin";

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
      return openRegular(file, format);
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

  private static OrderFile openRegular(Path file, FileFormat format) {
    String name = String.valueOf(file.getFileName());
    try {
      Path utf8 = toUtf8(file);
      Path lines = utf8;
      try {
        lines = toLines(utf8, name, format);
        return inspect(lines, !lines.equals(file), name, format);
      } catch (RuntimeException invalid) {
        deleteUnless(file, lines);
        throw invalid;
      } finally {
        if (!lines.equals(utf8)) {
          deleteUnless(file, utf8);
        }
      }
    } catch (IOException broken) {
      throw unreadable(name, broken);
    }
  }

  private static void deleteUnless(Path kept, Path copy) throws IOException {
    if (!copy.equals(kept)) {
      Files.deleteIfExists(copy);
    }
  }

  /** Returns the file, or a temporary copy with one order per line if it has other JSON. */
  private static Path toLines(Path file, String name, FileFormat format) throws IOException {
    if (format != FileFormat.NDJSON || !JsonOrderSplitter.isNeeded(file)) {
      return file;
    }
    Path copy = Files.createTempFile("kassa-import", ".part");
    copy.toFile().deleteOnExit();
    try {
      JsonOrderSplitter.split(file, copy, name);
    } catch (IOException | RuntimeException failed) {
      Files.deleteIfExists(copy);
      throw failed;
    }
    return copy;
  }

  /** Returns the file, or a temporary copy in UTF-8 if it has the byte order mark of UTF-16. */
  private static Path toUtf8(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      byte[] mark = input.readNBytes(UTF_16_MARK_BYTES);
      if (!isUtf16(mark)) {
        return file;
      }
    }
    Path copy = Files.createTempFile("kassa-import", ".part");
    copy.toFile().deleteOnExit();
    // The decoder reads the byte order mark.
    try (Reader reader =
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_16);
        Writer writer = Files.newBufferedWriter(copy)) {
      reader.transferTo(writer);
    }
    return copy;
  }

  private static boolean isUtf16(byte[] mark) {
    return mark.length == UTF_16_MARK_BYTES
        && ((mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE)
            || (mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF));
  }

  /** Copies a stream to a temporary file, and opens and validates it. */
  static OrderFile open(InputStream input, FileFormat format) {
    try {
      Path copy = Files.createTempFile("kassa-import", ".part");
      // Also deleted if the process receives SIGTERM during the copy.
      copy.toFile().deleteOnExit();
      Path utf8 = copy;
      Path lines = copy;
      try {
        Files.copy(input, copy, StandardCopyOption.REPLACE_EXISTING);
        utf8 = toUtf8(copy);
        lines = toLines(utf8, STANDARD_INPUT, format);
        return inspect(lines, true, STANDARD_INPUT, format);
      } catch (IOException | RuntimeException failed) {
        Files.deleteIfExists(lines);
        throw failed;
      } finally {
        deleteUnless(lines, copy);
        deleteUnless(lines, utf8);
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
      String uniqueName =
          name.equals(STANDARD_INPUT)
              ? name + "-" + digest.substring(0, DIGEST_PREFIX_LENGTH)
              : name;
      return new OrderFile(path, temporary, uniqueName, format, digest, orders);
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
                        : "is not UTF-8; save the file as UTF-8"));
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
    return name;
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
