package kassa.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Append-only file with the result of each order, one JSON object per line. The first line
 * identifies the file of orders. If an order has several results, the last one counts. An
 * incomplete last line of a killed process is truncated. A file lock admits one process at a time.
 * Not thread-safe.
 */
final class ImportResultsFile implements AutoCloseable {

  private static final int MAX_LINE_BYTES = 1 << 22;
  private static final int STATUS_CREATED = 201;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final FileChannel channel;
  private final BitSet placed = new BitSet();

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private ImportResultsFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens a file, or creates it.
   *
   * @throws InvalidFileException if it has other content than results of this file of orders, or
   *     another process has it open
   */
  static ImportResultsFile open(Path path, OrderFile orders) {
    try {
      FileChannel channel =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
              OWNER_ONLY);
      try {
        lock(channel, path);
        ImportResultsFile results = new ImportResultsFile(channel);
        if (channel.size() == 0) {
          results.writeHeader(orders);
        } else {
          results.readExisting(path, orders);
        }
        return results;
      } catch (IOException | RuntimeException failed) {
        channel.close();
        throw failed;
      }
    } catch (IOException broken) {
      throw new InvalidFileException("cannot write results to " + path + ": " + broken);
    }
  }

  private static void lock(FileChannel channel, Path path) throws IOException {
    boolean free;
    try {
      free = channel.tryLock() != null;
    } catch (OverlappingFileLockException taken) {
      free = false;
    }
    if (!free) {
      throw new InvalidFileException("another import is writing to " + path);
    }
  }

  private void writeHeader(OrderFile orders) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.put("file", orders.name());
    header.put("sha256", orders.digest());
    write(header);
  }

  private void readExisting(Path path, OrderFile orders) throws IOException {
    // Not closed, because that would close the channel.
    BoundedLineReader lines =
        new BoundedLineReader(Channels.newInputStream(channel), MAX_LINE_BYTES);
    long length = 0;
    while (lines.next() && lines.isTerminated()) {
      JsonNode line = parse(lines.bytes());
      if (lines.number() == 1) {
        requireSameOrderFile(orders, line.path("sha256").asString(""), path);
      } else {
        recordResult(line, lines.number(), path);
      }
      length += lines.bytes().length + 1;
    }
    if (length == 0) {
      throw notAResultsFile(path, 1);
    }
    channel.truncate(length);
    channel.position(length);
  }

  private static void requireSameOrderFile(OrderFile orders, String digest, Path path) {
    if (digest.isEmpty()) {
      throw notAResultsFile(path, 1);
    }
    if (!digest.equals(orders.digest())) {
      throw new InvalidFileException(
          path
              + " has results of another file, or of another content of "
              + orders.name()
              + "; use --results for another file");
    }
  }

  private void recordResult(JsonNode result, int number, Path path) {
    int line = result.path("line").asInt(0);
    if (line < 1) {
      throw notAResultsFile(path, number);
    }
    placed.set(line, result.path("status").asInt(0) == STATUS_CREATED);
  }

  private static InvalidFileException notAResultsFile(Path path, int line) {
    return new InvalidFileException(
        path + ", line " + line + ": is not a result; use --results for another file");
  }

  private static JsonNode parse(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException malformed) {
      return JSON.missingNode();
    }
  }

  /** Whether the order that starts at this line is placed. */
  boolean isPlaced(int line) {
    return placed.get(line);
  }

  /** Number of orders that were placed before this run. */
  int previouslyPlaced() {
    return placed.cardinality();
  }

  /** Appends the result of an order. */
  void append(int line, @Nullable String key, ImportOutcome outcome) throws IOException {
    ObjectNode result = JSON.createObjectNode();
    result.put("line", line);
    result.put("key", key);
    switch (outcome) {
      case ImportOutcome.Placed order -> {
        result.put("status", STATUS_CREATED);
        result.put("replayed", order.replayed());
        result.put("id", order.id());
        result.put("number", order.number());
      }
      case ImportOutcome.Rejected(int status, ProblemDetail problem) -> {
        result.put("status", status);
        result.set("problem", toJson(problem));
      }
    }
    write(result);
  }

  private static ObjectNode toJson(ProblemDetail problem) {
    ObjectNode json = JSON.createObjectNode();
    json.put("code", problem.code());
    json.put("detail", problem.detail());
    ArrayNode errors = json.putArray("errors");
    for (ProblemDetail.Violation violation : problem.violations()) {
      errors
          .addObject()
          .put("pointer", violation.pointer())
          .put("code", violation.code())
          .put("detail", violation.detail());
    }
    return json;
  }

  private void write(ObjectNode line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Closes the file; all results are on disk then. */
  @Override
  public void close() throws IOException {
    try (channel) {
      channel.force(true);
    }
  }
}
