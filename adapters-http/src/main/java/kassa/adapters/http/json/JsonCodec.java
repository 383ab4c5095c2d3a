package kassa.adapters.http.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads strict JSON into trees and writes messages. To be shared by any number of threads. */
public final class JsonCodec {

  /** The deepest nesting of objects and arrays that is read. */
  public static final int DEEPEST = 32;

  /** The longest number that is read, in digits. */
  public static final int LONGEST_NUMBER = 100;

  /** The most tokens that are read: names, values and brackets. Bounds the memory of a tree. */
  public static final int MOST_TOKENS = 1_000_000;

  private final JsonMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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
    try {
      JsonNode node = mapper.readTree(bytes);
      if (node.isMissingNode()) {
        throw new MalformedJsonException("the body is empty");
      }
      return node;
    } catch (JacksonException malformed) {
      throw MalformedJsonException.of(malformed);
    }
  }

  /** Writes a message. */
  public byte[] write(Object message) {
    return mapper.writeValueAsBytes(message);
  }
}
