package kassa.adapters.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads strict JSON into trees, within size limits, and writes response messages. Thread-safe. */
public final class JsonCodec {

  private static final int BUFFER_CHARS = 8_192;

  /** Maximum nesting depth of objects and arrays. */
  public static final int MAX_DEPTH = 32;

  /** Maximum length of a number, in digits. */
  public static final int MAX_NUMBER_LENGTH = 100;

  /** Maximum number of tokens (names, values and brackets); bounds the memory of a tree. */
  public static final int MAX_TOKENS = 1_000_000;

  /** Maximum number of members of an object. */
  public static final int MAX_MEMBERS = 1_000;

  /** Maximum number of elements of an array. */
  public static final int MAX_ELEMENTS = 10_000;

  /** Maximum length of a string in characters; every field has a lower limit of its own. */
  public static final int MAX_STRING_LENGTH = 1 << 16;

  /** A smaller body cannot have many members, and is parsed without counting them: 4 KiB. */
  private static final int SMALL_BYTES = 1 << 12;

  /** Loads hundreds of classes: only when the first JSON is read or written. */
  private static final class Lazy {

    static final JsonMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Lazy() {}
  }

  /**
   * Reads one JSON value. Numbers are exact decimals; duplicate keys in an object are rejected.
   *
   * @throws MalformedJsonException if the bytes are not exactly one valid JSON value in UTF-8, or
   *     exceed a limit
   */
  public JsonNode read(byte[] bytes) {
    if (!isUtf8(bytes)) {
      throw new MalformedJsonException("the body is not UTF-8");
    }
    try {
      JsonNode node = readTree(bytes);
      if (node.isMissingNode()) {
        throw new MalformedJsonException("the body is empty");
      }
      return node;
    } catch (JacksonException malformed) {
      throw MalformedJsonException.of(malformed);
    } catch (ArithmeticException | NumberFormatException outOfRange) {
      throw new MalformedJsonException("the body contains a number with an exponent out of range");
    }
  }

  private JsonNode readTree(byte[] bytes) {
    if (bytes.length <= SMALL_BYTES) {
      return Lazy.MAPPER.readTree(bytes);
    }
    try (JsonParser parser = new BoundedParser(Lazy.MAPPER.createParser(bytes))) {
      JsonNode node = Lazy.MAPPER.readTree(parser);
      if (node == null || parser.nextToken() != null) {
        throw new MalformedJsonException("the body is not exactly one JSON value");
      }
      return node;
    }
  }

  /** Writes a message as JSON in UTF-8. */
  public byte[] write(Object message) {
    return Lazy.MAPPER.writeValueAsBytes(message);
  }

  /**
   * Returns whether the bytes are valid UTF-8. The parser also accepts invalid forms, such as
   * overlong encodings.
   */
  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer source = ByteBuffer.wrap(bytes);
    CharBuffer sink = CharBuffer.allocate(Math.min(bytes.length, BUFFER_CHARS) + 1);
    CoderResult result;
    do {
      sink.clear();
      result = decoder.decode(source, sink, true);
    } while (result.isOverflow());
    return !result.isError();
  }
}
