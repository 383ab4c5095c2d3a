package kassa.client;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads orders as JSON, one per line. An order without a key gets one from the digest of the file
 * and its line number, so that the same file always has the same keys. Not thread-safe.
 */
final class NdjsonOrderReader implements FileOrderReader {

  private static final int KEY_DIGEST_LENGTH = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final InputStream input;
  private final BoundedLineReader lines;
  private final String digest;

  /**
   * @param digest SHA-256 of the whole file, hexadecimal
   */
  NdjsonOrderReader(InputStream input, String digest) {
    this.input = input;
    this.lines = new BoundedLineReader(input, OrderFile.MAX_ORDER_BYTES);
    this.digest = digest;
  }

  @Override
  public @Nullable FileOrder next() throws IOException {
    while (lines.next()) {
      if (lines.isTooLong()) {
        return invalid(
            ProblemDetail.TOO_LARGE,
            "An order must have at most " + OrderFile.MAX_ORDER_BYTES + " bytes.");
      }
      byte[] bytes = lines.bytes();
      if (!isBlank(bytes)) {
        return parse(bytes);
      }
    }
    return null;
  }

  /** Whether a line consists of white space only. */
  static boolean isBlank(byte[] line) {
    for (byte character : line) {
      if (character != ' ' && character != '\t' && character != '\r') {
        return false;
      }
    }
    return true;
  }

  private FileOrder parse(byte[] bytes) {
    String text = Utf8.decode(bytes);
    if (text == null) {
      return invalid(ProblemDetail.MALFORMED_JSON, "Malformed JSON: the line is not UTF-8.");
    }
    try {
      JsonNode order = JSON.readTree(text);
      if (order instanceof ObjectNode fields && isAbsent(fields.get("key"))) {
        fields.put("key", generatedKey());
      }
      JsonNode key = order.get("key");
      return new FileOrder.Valid(
          lines.number(), key != null && key.isString() ? key.stringValue() : null, write(order));
    } catch (JacksonException malformed) {
      return invalid(ProblemDetail.MALFORMED_JSON, "Malformed JSON" + describe(malformed) + ".");
    } catch (ArithmeticException | NumberFormatException outOfRange) {
      return invalid(
          ProblemDetail.MALFORMED_JSON,
          "Malformed JSON: the exponent of a number is out of range.");
    }
  }

  /** Describes what is wrong, without the words of the parser. */
  private static String describe(JacksonException malformed) {
    String message = malformed.getOriginalMessage();
    if (message.startsWith("Duplicate ")) {
      return ": " + message;
    }
    if (message.startsWith("Trailing token ")) {
      return ": a line must contain one order and end with a line feed";
    }
    TokenStreamLocation location = malformed.getLocation();
    return location == null ? "" : " at column " + location.getColumnNr();
  }

  private static String write(JsonNode order) {
    return JSON.writeValueAsString(order);
  }

  private static boolean isAbsent(@Nullable JsonNode key) {
    return key == null || key.isNull();
  }

  private String generatedKey() {
    return digest.substring(0, KEY_DIGEST_LENGTH) + "-" + lines.number();
  }

  private FileOrder invalid(String code, String detail) {
    return new FileOrder.Invalid(lines.number(), null, ProblemDetail.of(code, detail));
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
