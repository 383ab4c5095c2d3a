package kassa.adapters.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads strict JSON into trees and writes messages. To be shared by any number of threads. */
public final class JsonCodec {

  private static final int BUFFER_CHARS = 8_192;

  /** The deepest nesting of objects and arrays that is read. */
  public static final int MAX_DEPTH = 32;

  /** The longest number that is read, in digits. */
  public static final int MAX_NUMBER_LENGTH = 100;

  /** The most tokens that are read: names, values and brackets. Bounds the memory of a tree. */
  public static final int MAX_TOKENS = 1_000_000;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxTokenCount(MAX_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /**
   * Reads one JSON value; numbers keep all their digits, and no key may stand twice in an object.
   *
   * @throws MalformedJsonException if the bytes are anything else
   */
  public JsonNode read(byte[] bytes) {
    if (!isUtf8(bytes)) {
      throw new MalformedJsonException("the body is not UTF-8");
    }
    try {
      JsonNode node = mapper.readTree(bytes);
      if (node.isMissingNode()) {
        throw new MalformedJsonException("the body is empty");
      }
      return node;
    } catch (JacksonException malformed) {
      throw MalformedJsonException.of(malformed);
    } catch (ArithmeticException | NumberFormatException beyond) {
      throw new MalformedJsonException("the body holds a number whose exponent is beyond reading");
    }
  }

  /** Writes a message. */
  public byte[] write(Object message) {
    return mapper.writeValueAsBytes(message);
  }

  /** Whether these bytes are UTF-8. The parser reads more than that, overlong forms among it. */
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
