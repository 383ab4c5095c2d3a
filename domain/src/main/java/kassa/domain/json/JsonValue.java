package kassa.domain.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Immutable JSON value (RFC 8259) without its text: the form in which rules are read, stored and
 * returned. There is no {@code null}: a member exists or it does not.
 */
public sealed interface JsonValue extends JsonInput {

  /**
   * Copies a value.
   *
   * @param input the value; members that are {@code null} are left out, and an element that is
   *     {@code null} becomes an empty string, which every reader rejects
   * @return the copy; the same object if it is a {@code JsonValue} already
   */
  static JsonValue copyOf(JsonInput input) {
    if (input instanceof JsonValue value) {
      return value;
    }
    if (input.isObject()) {
      SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
      for (String name : input.names()) {
        JsonInput member = input.member(name);
        if (member != null) {
          members.put(name, copyOf(member));
        }
      }
      return new JsonObject(members);
    }
    if (input.isArray()) {
      List<JsonValue> elements = new ArrayList<>(input.size());
      for (int i = 0; i < input.size(); i++) {
        elements.add(copyOf(input.element(i)));
      }
      return new JsonArray(elements);
    }
    return copyOfScalar(input);
  }

  private static JsonValue copyOfScalar(JsonInput input) {
    Boolean bool = input.bool();
    if (bool != null) {
      return new JsonBoolean(bool);
    }
    BigDecimal number = input.number();
    return number == null
        ? new JsonString(Objects.requireNonNullElse(input.string(), ""))
        : new JsonNumber(number);
  }

  /**
   * Object: values by name.
   *
   * @param members the values, in their order
   */
  record JsonObject(SequencedMap<String, JsonValue> members) implements JsonValue {

    /** Copies the map. */
    public JsonObject {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /** Creates an object from a map, in the order of the map. */
    public static JsonObject of(Map<String, JsonValue> entries) {
      return new JsonObject(new LinkedHashMap<>(entries));
    }

    @Override
    public boolean isObject() {
      return true;
    }

    @Override
    public Collection<String> names() {
      return members.keySet();
    }

    @Override
    public @Nullable JsonInput member(String name) {
      return members.get(name);
    }
  }

  /**
   * Array.
   *
   * @param elements the values, in their order
   */
  record JsonArray(List<JsonValue> elements) implements JsonValue {

    /** Copies the list. */
    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public boolean isArray() {
      return true;
    }

    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public JsonInput element(int index) {
      return elements.get(index);
    }
  }

  /**
   * String.
   *
   * @param value the text
   */
  record JsonString(String value) implements JsonValue {

    @Override
    public String string() {
      return value;
    }
  }

  /**
   * Number.
   *
   * @param value the number, with all the digits of its text
   */
  record JsonNumber(BigDecimal value) implements JsonValue {

    @Override
    public BigDecimal number() {
      return value;
    }
  }

  /**
   * Boolean.
   *
   * @param value {@code true} or {@code false}
   */
  record JsonBoolean(boolean value) implements JsonValue {

    @Override
    public Boolean bool() {
      return value;
    }
  }
}
