package kassa.client;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the orders of a JSON array, or orders over several lines, as one order per line. Memory is
 * bounded by the maximum size of an order.
 */
final class JsonOrderSplitter {

  /** How much of a file is read to recognize its format. */
  private static final int HEAD_BYTES = 1 << 12;

  private static final int MAX_DEPTH = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(OrderFile.MAX_ORDER_BYTES)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private JsonOrderSplitter() {}

  /** Whether a file begins with a JSON array, or with an object over several lines. */
  static boolean isNeeded(Path file) throws IOException {
    byte[] head;
    try (InputStream input = Files.newInputStream(file)) {
      head = input.readNBytes(HEAD_BYTES);
    }
    int start = head.length >= 3 && (head[0] & 0xFF) == 0xEF ? 3 : 0;
    while (start < head.length && Character.isWhitespace(head[start])) {
      start++;
    }
    if (start == head.length || head[start] != '{') {
      return start < head.length && head[start] == '[';
    }
    int next = start + 1;
    while (next < head.length && (head[next] == ' ' || head[next] == '\t')) {
      next++;
    }
    return next < head.length && (head[next] == '\n' || head[next] == '\r');
  }

  /**
   * Writes the orders of one file to another.
   *
   * @param name the name of the file, for the message
   * @throws InvalidFileException if the file is not JSON, or an order is too large
   */
  static void split(Path file, Path lines, String name) throws IOException {
    long order = 1;
    try (InputStream input = Files.newInputStream(file);
        JsonParser parser = JSON.createParser(ObjectReadContext.empty(), input);
        OutputStream output = new BufferedOutputStream(Files.newOutputStream(lines))) {
      try {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
          boolean isArrayOfOrders =
              token == JsonToken.START_ARRAY && parser.streamReadContext().getNestingDepth() == 1;
          if (!isArrayOfOrders && token != JsonToken.END_ARRAY) {
            output.write(line(parser));
            output.write('\n');
            order++;
          }
        }
      } catch (OrderTooLargeException tooLarge) {
        throw invalid(name, order, "has more than " + OrderFile.MAX_ORDER_BYTES + " bytes");
      } catch (StreamConstraintsException tooLarge) {
        throw invalid(name, order, "has a text that is too long or is nested too deeply");
      } catch (JacksonException malformed) {
        TokenStreamLocation location = malformed.getLocation();
        throw invalid(
            name,
            order,
            "malformed JSON"
                + (location == null
                    ? ""
                    : " at line " + location.getLineNr() + ", column " + location.getColumnNr()));
      }
    }
  }

  private static byte[] line(JsonParser parser) {
    BoundedOutput line = new BoundedOutput();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      generator.copyCurrentStructureExact(parser);
    }
    return line.toByteArray();
  }

  private static InvalidFileException invalid(String name, long order, String problem) {
    return new InvalidFileException(name + ", order " + order + ": " + problem);
  }

  private static final class OrderTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;
  }

  private static final class BoundedOutput extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      requireSpace(1);
      bytes.write(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      requireSpace(length);
      bytes.write(source, offset, length);
    }

    private void requireSpace(int length) {
      if (bytes.size() + length > OrderFile.MAX_ORDER_BYTES) {
        throw new OrderTooLargeException();
      }
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
