package kassa.domain.json;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Something written down as a tree, in the way of JSON (RFC 8259) and without its characters: what
 * a rule is written in, kept in and answered in. There is no {@code null}: a field is there or not.
 */
public sealed interface JsonValue {

  /**
   * Values by their names, in the order in which they were written.
   *
   * @param members the values
   */
  record JsonObject(SequencedMap<String, JsonValue> members) implements JsonValue {

    public JsonObject {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /** Values by their names, in the order of the map. */
    public static JsonObject of(Map<String, JsonValue> entries) {
      return new JsonObject(new LinkedHashMap<>(entries));
    }
  }

  /**
   * Values in their order.
   *
   * @param elements the values
   */
  record JsonArray(List<JsonValue> elements) implements JsonValue {

    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A text.
   *
   * @param value the text
   */
  record JsonString(String value) implements JsonValue {}

  /**
   * A number, with the digits that it was written with.
   *
   * @param value the number
   */
  record JsonNumber(BigDecimal value) implements JsonValue {}

  /**
   * Yes or no.
   *
   * @param value whether it is yes
   */
  record JsonBoolean(boolean value) implements JsonValue {}
}
