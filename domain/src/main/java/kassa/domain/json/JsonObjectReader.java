package kassa.domain.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one object. Whatever is not as it should be becomes a flaw at its pointer,
 * and the reading goes on. {@code null} stands for an absent field, or for one with flaws.
 */
public final class JsonObjectReader {

  private final Map<String, JsonValue> members;
  private final boolean isObject;
  private final String pointer;
  private final Violations violations;
  private final Set<String> readNames = new HashSet<>();

  /**
   * @param value what should be an object; if it is none, that is a flaw and it counts as empty
   * @param pointer where it stands
   * @param violations takes what is wrong
   */
  public JsonObjectReader(JsonValue value, String pointer, Violations violations) {
    this.isObject = value instanceof JsonValue.JsonObject;
    this.members = value instanceof JsonValue.JsonObject fields ? fields.members() : Map.of();
    this.pointer = pointer;
    this.violations = violations;
    if (!isObject) {
      violations.addMalformed(pointer, "wrong_type", "must be a JSON object");
    }
  }

  /** The names of all fields, in the order in which they were written. */
  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  /** Whether the field is there. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** What is wrong so far. */
  public Violations violations() {
    return violations;
  }

  /** The pointer of a field of this object (RFC 6901). */
  public String pointerTo(String name) {
    return pointerTo(pointer, name);
  }

  /** The pointer of a field of an object that is at a pointer (RFC 6901). */
  public static String pointerTo(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer of this object. */
  public String pointer() {
    return pointer;
  }

  /** A text that must be there, made into a value. */
  public <T> @Nullable T requiredText(String name, Function<String, T> factory) {
    return requireField(name) == null ? null : optionalText(name, factory);
  }

  /** A text that may be there, made into a value. */
  public <T> @Nullable T optionalText(String name, Function<String, T> factory) {
    return switch (value(name)) {
      case null -> null;
      case JsonValue.JsonString(String content) ->
          violations.tryCreate(pointerTo(name), () -> factory.apply(content));
      default -> {
        addWrongType(name, "a JSON string");
        yield null;
      }
    };
  }

  /** A number that must be there, written as a number or as a text of one, made into a value. */
  public <T> @Nullable T requiredDecimal(
      String name, Function<BigDecimal, T> ofNumber, Function<String, T> ofText) {
    return requireField(name) == null ? null : optionalDecimal(name, ofNumber, ofText);
  }

  /** A number that may be there, written as a number or as a text of one, made into a value. */
  public <T> @Nullable T optionalDecimal(
      String name, Function<BigDecimal, T> ofNumber, Function<String, T> ofText) {
    return switch (value(name)) {
      case null -> null;
      case JsonValue.JsonNumber(BigDecimal number) ->
          violations.tryCreate(pointerTo(name), () -> ofNumber.apply(number));
      case JsonValue.JsonString(String content) ->
          violations.tryCreate(pointerTo(name), () -> ofText.apply(content));
      default -> {
        addWrongType(name, "a JSON number, or a string of one");
        yield null;
      }
    };
  }

  /** A whole number that must be there, from {@code least} to {@code most}. */
  public @Nullable Long requiredInteger(String name, long min, long max) {
    return requireField(name) == null ? null : optionalInteger(name, min, max);
  }

  /** A whole number that may be there, from {@code least} to {@code most}. */
  public @Nullable Long optionalInteger(String name, long min, long max) {
    return switch (value(name)) {
      case null -> null;
      case JsonValue.JsonNumber(BigDecimal number) ->
          violations.tryCreate(pointerTo(name), () -> toInteger(name, number, min, max));
      default -> {
        addWrongType(name, "a whole JSON number");
        yield null;
      }
    };
  }

  /** Yes or no, or {@code otherwise} if it is not there. */
  public boolean optionalBoolean(String name, boolean defaultValue) {
    return switch (value(name)) {
      case null -> defaultValue;
      case JsonValue.JsonBoolean(boolean value) -> value;
      default -> {
        addWrongType(name, "true or false");
        yield defaultValue;
      }
    };
  }

  /** One of these words, by the constants' names in lower case. */
  public <E extends Enum<E>> @Nullable E optionalEnum(String name, Class<E> constants) {
    return optionalText(name, text -> toEnum(name, text, constants));
  }

  /** A list that must be there and hold something. */
  public <T> @Nullable List<T> requiredList(
      String name, int maxElements, BiFunction<JsonValue, String, @Nullable T> element) {
    return requireField(name) == null ? null : optionalList(name, maxElements, element);
  }

  /**
   * A list that may be there, and holds something if it is.
   *
   * @param maxElements the most elements that it may hold; with more of them none is read
   * @param element reads one element, given its pointer; {@code null} if it found flaws
   * @return all the elements; {@code null} if it is absent, or if it or one of them has flaws
   */
  public <T> @Nullable List<T> optionalList(
      String name, int maxElements, BiFunction<JsonValue, String, @Nullable T> element) {
    return switch (value(name)) {
      case null -> null;
      case JsonValue.JsonArray(List<JsonValue> elements) ->
          readList(name, elements, maxElements, element);
      default -> {
        addWrongType(name, "a JSON array");
        yield null;
      }
    };
  }

  /** Texts that may be there, each made into a value, at least one and none of them twice. */
  public <T> @Nullable Set<T> optionalSet(
      String name, int maxElements, Function<String, T> factory) {
    List<T> read = optionalList(name, maxElements, (node, at) -> readText(node, at, factory));
    if (read == null) {
      return null;
    }
    Set<T> values = new java.util.LinkedHashSet<>(read);
    if (values.size() < read.size()) {
      violations.addInvalid(pointerTo(name), "repeated", name + " must not hold the same twice");
      return null;
    }
    return java.util.Collections.unmodifiableSet(values);
  }

  /** Whole numbers by names, at least one; the names made into values. */
  public <T> @Nullable SequencedMap<T, Long> optionalCounts(
      String name, int maxEntries, Function<String, T> factory, long max) {
    JsonObjectReader counts = optionalObject(name);
    if (counts == null) {
      return null;
    }
    if (counts.members.isEmpty() || counts.members.size() > maxEntries) {
      violations.addInvalid(
          pointerTo(name),
          "out_of_range",
          name + " must hold from 1 to " + maxEntries + " entries");
      return null;
    }
    SequencedMap<T, Long> read = new LinkedHashMap<>();
    for (String entry : counts.names()) {
      T key = violations.tryCreate(counts.pointerTo(entry), () -> factory.apply(entry));
      Long count = counts.requiredInteger(entry, 1, max);
      if (key != null && count != null) {
        read.put(key, count);
      }
    }
    return read.size() == counts.members.size() ? read : null;
  }

  /** An object that may be there. */
  public @Nullable JsonObjectReader optionalObject(String name) {
    JsonValue value = value(name);
    return value == null ? null : new JsonObjectReader(value, pointerTo(name), violations);
  }

  /** The value of a field as it is written; {@code null} if it is absent. */
  public @Nullable JsonValue value(String name) {
    readNames.add(name);
    return members.get(name);
  }

  /** Makes a flaw of every field that nobody asked for. To be called last. */
  public void rejectUnknownFields() {
    for (String name : members.keySet()) {
      if (!readNames.contains(name)) {
        violations.addMalformed(pointerTo(name), "unknown_field", "there is no such field here");
      }
    }
  }

  private @Nullable JsonValue requireField(String name) {
    JsonValue value = value(name);
    if (value == null && isObject) {
      violations.addInvalid(pointerTo(name), "missing_field", name + " must be given");
    }
    return value;
  }

  private <T> @Nullable List<T> readList(
      String name,
      List<JsonValue> elements,
      int maxElements,
      BiFunction<JsonValue, String, @Nullable T> element) {
    if (elements.isEmpty()) {
      violations.addInvalid(pointerTo(name), "empty", name + " must hold at least one element");
      return null;
    }
    if (elements.size() > maxElements) {
      violations.addInvalid(
          pointerTo(name), "too_many", name + " must hold at most " + maxElements + " elements");
      return null;
    }
    List<T> read = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      T value = element.apply(elements.get(i), pointerTo(name) + "/" + i);
      if (value != null) {
        read.add(value);
      }
    }
    return read.size() == elements.size() ? read : null;
  }

  private <T> @Nullable T readText(JsonValue node, String at, Function<String, T> factory) {
    if (node instanceof JsonValue.JsonString(String content)) {
      return violations.tryCreate(at, () -> factory.apply(content));
    }
    violations.addMalformed(at, "wrong_type", "must be a JSON string");
    return null;
  }

  private void addWrongType(String name, String expected) {
    violations.addMalformed(pointerTo(name), "wrong_type", name + " must be " + expected);
  }

  private static long toInteger(String name, BigDecimal number, long min, long max) {
    if (number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, name + " must be from " + min + " to " + max);
    }
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
      throw new InvalidValueException(Reason.TOO_PRECISE, name + " must be a whole number");
    }
    return number.longValue();
  }

  private static <E extends Enum<E>> E toEnum(String name, String text, Class<E> constants) {
    List<String> allowed = new ArrayList<>();
    for (E constant : constants.getEnumConstants()) {
      String word = constant.name().toLowerCase(java.util.Locale.ROOT);
      if (word.equals(text)) {
        return constant;
      }
      allowed.add(word);
    }
    throw new InvalidValueException(
        Reason.OUT_OF_RANGE, name + " must be one of " + String.join(", ", allowed));
  }
}
