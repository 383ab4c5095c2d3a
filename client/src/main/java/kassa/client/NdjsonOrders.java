package kassa.client;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Orders as JSON, a line each. One without a key gets one that is made from the content of the file
 * and its line, so that the same file gives the same keys again.
 */
final class NdjsonOrders implements Submissions {

  private static final int CHARACTERS_OF_DIGEST = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final InputStream input;
  private final Lines lines;
  private final String digest;

  /**
   * @param digest of the whole file
   */
  NdjsonOrders(InputStream input, String digest) {
    this.input = input;
    this.lines = new Lines(input, OrderFile.LARGEST_ORDER);
    this.digest = digest;
  }

  @Override
  public @Nullable Submission next() throws IOException {
    while (lines.next()) {
      if (lines.isTooLong()) {
        return unreadable(
            Problem.TOO_LARGE, "An order must have at most " + OrderFile.LARGEST_ORDER + " bytes.");
      }
      byte[] bytes = lines.bytes();
      if (!isBlank(bytes)) {
        return read(bytes);
      }
    }
    return null;
  }

  /** Whether a line holds nothing but white space. */
  static boolean isBlank(byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  private Submission read(byte[] bytes) {
    String text = Utf8.decode(bytes);
    if (text == null) {
      return unreadable(Problem.MALFORMED_JSON, "No JSON: the line is not UTF-8.");
    }
    try {
      JsonNode order = JSON.readTree(text);
      if (order instanceof ObjectNode fields && isAbsent(fields.get("key"))) {
        fields.put("key", madeKey());
      }
      JsonNode key = order.get("key");
      return new Submission.Sendable(
          lines.number(), key != null && key.isString() ? key.stringValue() : null, write(order));
    } catch (JacksonException malformed) {
      return unreadable(Problem.MALFORMED_JSON, "No JSON: " + malformed.getOriginalMessage() + ".");
    } catch (ArithmeticException | NumberFormatException beyond) {
      return unreadable(
          Problem.MALFORMED_JSON, "No JSON: a number has an exponent that is beyond reading.");
    }
  }

  private static String write(JsonNode order) {
    return JSON.writeValueAsString(order);
  }

  private static boolean isAbsent(@Nullable JsonNode key) {
    return key == null || key.isNull();
  }

  private String madeKey() {
    return digest.substring(0, CHARACTERS_OF_DIGEST) + "-" + lines.number();
  }

  private Submission unreadable(String code, String detail) {
    return new Submission.Unsendable(lines.number(), null, Problem.of(code, detail));
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
