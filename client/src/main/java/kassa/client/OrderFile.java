package kassa.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Validated file of orders that can be read from its start. */
final class OrderFile implements AutoCloseable {

  /** Maximum size of an order, or of a line of the file: 1 MiB, as in the API. */
  static final int MAX_ORDER_BYTES = 1 << 20;

  private static final int MAX_ERRORS = 10;
  private static final int DIGEST_PREFIX_LENGTH = 12;
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte CTRL_Z = 0x1A;
  private static final int HEAD_BYTES = 12;
  private static final int TAIL_BYTES = 16;
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
      Path utf8 = toUtf8(file, name);
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

  /**
   * Returns the file, or a temporary copy of its text in UTF-8 if it is UTF-16 with a byte order
   * mark, begins with several marks, or ends with Ctrl-Z, as programs of DOS end files.
   *
   * @throws InvalidFileException if it has another encoding
   */
  private static Path toUtf8(Path file, String name) throws IOException {
    byte[] head;
    try (InputStream input = Files.newInputStream(file)) {
      head = input.readNBytes(HEAD_BYTES);
    }
    boolean isUtf16 = isUtf16(head);
    if (isUtf32(head) || (!isUtf16 && hasZero(head))) {
      throw new InvalidFileException(name + ", line 1: is not UTF-8; save the file as UTF-8");
    }
    int marks = countMarks(head);
    if (!isUtf16 && marks <= 1 && textLength(file) == Files.size(file)) {
      return file;
    }
    Path copy = Files.createTempFile("kassa-import", ".part");
    copy.toFile().deleteOnExit();
    try (InputStream input = Files.newInputStream(file)) {
      if (isUtf16) {
        copyUtf16(input, copy);
      } else {
        input.skipNBytes((long) marks * UTF_8_MARK.length);
        Files.copy(input, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.truncate(textLength(copy));
    }
    return copy;
  }

  private static void copyUtf16(InputStream input, Path copy) throws IOException {
    // The decoder reads the byte order mark.
    Reader reader = new InputStreamReader(input, StandardCharsets.UTF_16);
    try (Writer writer = Files.newBufferedWriter(copy)) {
      reader.transferTo(writer);
    }
  }

  private static boolean isUtf16(byte[] head) {
    return startsWith(head, (byte) 0xFF, (byte) 0xFE) || startsWith(head, (byte) 0xFE, (byte) 0xFF);
  }

  /** Returns whether text has the mark of UTF-32; that of one byte order contains UTF-16's. */
  private static boolean isUtf32(byte[] head) {
    return startsWith(head, (byte) 0xFF, (byte) 0xFE, (byte) 0, (byte) 0);
  }

  /** Returns whether a zero byte is among the first characters, as in UTF-16 and UTF-32. */
  private static boolean hasZero(byte[] head) {
    return IntStream.range(0, Math.min(4, head.length)).anyMatch(i -> head[i] == 0);
  }

  private static int countMarks(byte[] head) {
    int marks = 0;
    while (startsWith(
        Arrays.copyOfRange(head, marks * UTF_8_MARK.length, head.length), UTF_8_MARK)) {
      marks++;
    }
    return marks;
  }

  private static boolean startsWith(byte[] bytes, byte... start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  /** Returns the length of a file without a last line that is only Ctrl-Z. */
  private static long textLength(Path file) throws IOException {
    long size = Files.size(file);
    byte[] tail;
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(Math.max(0, size - TAIL_BYTES));
      tail = Channels.newInputStream(channel).readNBytes(TAIL_BYTES);
    }
    int end = tail.length;
    while (end > 0 && (tail[end - 1] == '\r' || tail[end - 1] == '\n')) {
      end--;
    }
    boolean isCtrlZ = end > 1 && tail[end - 1] == CTRL_Z && tail[end - 2] == '\n';
    return isCtrlZ ? size - tail.length + end - 1 : size;
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
        utf8 = toUtf8(copy, STANDARD_INPUT);
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
