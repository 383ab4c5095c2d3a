package kassa.domain.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object. A field that breaks a rule adds a violation at its pointer,
 * and the reading continues. The methods return {@code null} for a field that is absent, for one
 * that is {@code null} in the JSON, and for one with violations, unless they say otherwise. Not
 * thread-safe.
 */
public final class JsonObjectReader {

  private final JsonInput object;
  private final String pointer;
  private final Violations violations;
  private final Set<String> readNames = new HashSet<>();

  /**
   * Creates a reader. A value that is not an object is a violation and is read like an empty
   * object.
   *
   * @param object the object
   * @param pointer the place of the object in the input (RFC 6901); empty at the root
   * @param violations collects the violations
   */
  public JsonObjectReader(JsonInput object, String pointer, Violations violations) {
    this.object = object;
    this.pointer = pointer;
    this.violations = violations;
    if (!object.isObject()) {
      violations.addMalformed(pointer, "wrong_type", "must be a JSON object");
    }
  }

  /** The names of all fields, in their order in the JSON. */
  public List<String> names() {
    return List.copyOf(object.names());
  }

  /** Whether the field exists. Does not count as reading it. */
  public boolean has(String name) {
    return object.member(name) != null;
  }

  /** The collector of the violations. */
  public Violations violations() {
    return violations;
  }

  /** The pointer of a field of this object (RFC 6901). */
  public String pointerTo(String name) {
    return pointerTo(pointer, name);
  }

  /** The pointer of a field of the object at a pointer (RFC 6901). */
  public static String pointerTo(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer of this object (RFC 6901). */
  public String pointer() {
    return pointer;
  }

  /** Reads a required string and creates a value from it. */
  public <T> @Nullable T requiredText(String name, Function<String, T> factory) {
    return readText(name, requireField(name), factory);
  }

  /** Reads an optional string and creates a value from it. */
  public <T> @Nullable T optionalText(String name, Function<String, T> factory) {
    return readText(name, value(name), factory);
  }

  /** Reads a required number, written as a JSON number or as a string, and creates a value. */
  public <T> @Nullable T requiredDecimal(
      String name, Function<BigDecimal, T> ofNumber, Function<String, T> ofText) {
    return readDecimal(name, requireField(name), ofNumber, ofText);
  }

  /** Reads an optional number, written as a JSON number or as a string, and creates a value. */
  public <T> @Nullable T optionalDecimal(
      String name, Function<BigDecimal, T> ofNumber, Function<String, T> ofText) {
    return readDecimal(name, value(name), ofNumber, ofText);
  }

  /** Reads a required whole number from {@code min} to {@code max}. */
  public @Nullable Long requiredInteger(String name, long min, long max) {
    return readInteger(name, requireField(name), min, max);
  }

  /** Reads an optional whole number from {@code min} to {@code max}. */
  public @Nullable Long optionalInteger(String name, long min, long max) {
    return readInteger(name, value(name), min, max);
  }

  /** Reads {@code true} or {@code false}; the default value if it is absent or has violations. */
  public boolean optionalBoolean(String name, boolean defaultValue) {
    Boolean value = optionalBoolean(name);
    return value == null ? defaultValue : value;
  }

  /** Reads an optional {@code true} or {@code false}. */
  public @Nullable Boolean optionalBoolean(String name) {
    JsonInput value = value(name);
    if (value == null) {
      return null;
    }
    Boolean bool = value.bool();
    if (bool == null) {
      addWrongType(name, "true or false");
    }
    return bool;
  }

  /** Reads a required enum constant by its name in lower case. */
  public <E extends Enum<E>> @Nullable E requiredEnum(String name, Class<E> constants) {
    return requiredText(name, text -> toEnum(name, text, constants));
  }

  /** Reads an optional enum constant by its name in lower case. */
  public <E extends Enum<E>> @Nullable E optionalEnum(String name, Class<E> constants) {
    return optionalText(name, text -> toEnum(name, text, constants));
  }

  /**
   * Reads a required list of at least one element.
   *
   * @param maxElements the maximum number of elements; of a longer list no element is read
   * @param element reads one element, given its pointer; {@code null} if it has violations
   * @return all elements; {@code null} if the list or one of its elements has violations
   */
  public <T> @Nullable List<T> requiredNonEmptyList(
      String name, int maxElements, BiFunction<JsonInput, String, @Nullable T> element) {
    return readNonEmptyList(name, requireArray(name, requireField(name)), maxElements, element);
  }

  /**
   * Reads an optional list. An empty list counts as absent, because many clients send one for a
   * field that was never set.
   *
   * @param maxElements the maximum number of elements; of a longer list no element is read
   * @param element reads one element, given its pointer; {@code null} if it has violations
   * @return all elements; {@code null} if the list is absent, or if it or one of its elements has
   *     violations
   */
  public <T> @Nullable List<T> optionalNonEmptyList(
      String name, int maxElements, BiFunction<JsonInput, String, @Nullable T> element) {
    JsonInput array = requireArray(name, value(name));
    return array == null || array.size() == 0
        ? null
        : readNonEmptyList(name, array, maxElements, element);
  }

  /**
   * Reads an optional list, which may be empty.
   *
   * @param maxElements the maximum number of elements; of a longer list no element is read
   * @param element reads one element, given its pointer; {@code null} if it has violations
   * @return all elements; {@code null} if the list is absent, or if it or one of its elements has
   *     violations
   */
  public <T> @Nullable List<T> optionalList(
      String name, int maxElements, BiFunction<JsonInput, String, @Nullable T> element) {
    JsonInput array = requireArray(name, value(name));
    return array != null && array.size() == 0
        ? List.of()
        : readNonEmptyList(name, array, maxElements, element);
  }

  /**
   * Reads a required list of at least one string and creates a value from each.
   *
   * @param maxElements the maximum number of elements; of a longer list no element is read
   * @return the values; {@code null} if the list or one of its elements has violations
   */
  public <T> @Nullable List<T> requiredTextList(
      String name, int maxElements, Function<String, T> factory) {
    return requiredNonEmptyList(
        name, maxElements, (element, at) -> readTextElement(element, at, name, factory));
  }

  /**
   * Reads an optional list of strings, which may be empty, and creates a value from each.
   *
   * @param maxElements the maximum number of elements; of a longer list no element is read
   * @return the values; empty if the list is absent, or if it or one of its elements has violations
   */
  public <T> List<T> optionalTextList(String name, int maxElements, Function<String, T> factory) {
    List<T> values =
        optionalList(
            name, maxElements, (element, at) -> readTextElement(element, at, name, factory));
    return values == null ? List.of() : values;
  }

  /**
   * Reads a required list of at least one string without duplicates and creates a value from each.
   *
   * @param maxElements the maximum number of elements; of a longer list no element is read
   * @return the values in their order
   */
  public <T> @Nullable Set<T> requiredSet(
      String name, int maxElements, Function<String, T> factory) {
    return withoutDuplicates(
        name,
        requiredNonEmptyList(
            name, maxElements, (element, at) -> readTextElement(element, at, null, factory)));
  }

  /**
   * Reads an optional list of strings without duplicates and creates a value from each. An empty
   * list counts as absent.
   *
   * @param maxElements the maximum number of elements; of a longer list no element is read
   * @return the values in their order
   */
  public <T> @Nullable Set<T> optionalSet(
      String name, int maxElements, Function<String, T> factory) {
    return withoutDuplicates(
        name,
        optionalNonEmptyList(
            name, maxElements, (element, at) -> readTextElement(element, at, null, factory)));
  }

  private <T> @Nullable Set<T> withoutDuplicates(String name, @Nullable List<T> read) {
    if (read == null) {
      return null;
    }
    Set<T> values = new LinkedHashSet<>(read);
    if (values.size() < read.size()) {
      violations.addInvalid(pointerTo(name), "repeated", name + " must not hold the same twice");
      return null;
    }
    return Collections.unmodifiableSet(values);
  }

  /**
   * Reads an optional object of whole numbers and creates a key from each name. An empty object
   * counts as absent.
   *
   * @param maxEntries the maximum number of entries; of a larger object no entry is read
   * @param max the maximum of a number; the minimum is 1
   * @return the numbers by key, in their order
   */
  public <T> @Nullable SequencedMap<T, Long> optionalCounts(
      String name, int maxEntries, Function<String, T> factory, long max) {
    JsonObjectReader counts = optionalObject(name);
    if (counts == null) {
      return null;
    }
    List<String> entries = counts.names();
    if (entries.isEmpty()) {
      return null;
    }
    if (entries.size() > maxEntries) {
      violations.addInvalid(
          pointerTo(name), "out_of_range", name + " must hold at most " + maxEntries + " entries");
      return null;
    }
    SequencedMap<T, Long> read = new LinkedHashMap<>();
    for (String entry : entries) {
      T key = violations.tryCreate(counts.pointerTo(entry), () -> factory.apply(entry));
      Long count = counts.requiredInteger(entry, 1, max);
      if (key != null && count != null && read.putIfAbsent(key, count) != null) {
        violations.addInvalid(
            counts.pointerTo(entry), "repeated", name + " must not hold the same twice");
      }
    }
    return read.size() == entries.size() ? read : null;
  }

  /**
   * Reads an optional object of strings and creates one value from all of them. Here a {@code null}
   * in the JSON is a violation, because the names are the caller's own.
   *
   * @param factory creates the value; it is called with each entry alone, so that every invalid
   *     entry is reported at its own pointer, and then with all entries
   * @return the value; that of no entries if the object is absent
   */
  public <T> @Nullable T optionalTextMap(String name, Function<Map<String, String>, T> factory) {
    JsonObjectReader entries = optionalObject(name);
    if (entries == null) {
      return factory.apply(Map.of());
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String entry : entries.object.names()) {
      JsonInput value = entries.value(entry);
      String text = value == null ? null : value.string();
      if (text == null) {
        violations.addMalformed(
            entries.pointerTo(entry),
            "wrong_type",
            "a value in " + name + " must be a JSON string");
      } else if (entries.tryCreate(entry, Map.of(entry, text), factory) != null) {
        texts.put(entry, text);
      }
    }
    return texts.size() == entries.object.names().size() ? tryCreate(name, texts, factory) : null;
  }

  /** Returns a reader of an optional object. */
  public @Nullable JsonObjectReader optionalObject(String name) {
    JsonInput value = value(name);
    return value == null ? null : new JsonObjectReader(value, pointerTo(name), violations);
  }

  /**
   * Returns the value of a field of any type, and counts the field as read.
   *
   * @return the value; {@code null} if the field is absent, or {@code null} in the JSON
   */
  public @Nullable JsonInput value(String name) {
    readNames.add(name);
    return object.member(name);
  }

  /** Adds a violation for every field that was not read. To be called last. */
  public void rejectUnknownFields() {
    for (String name : object.names()) {
      if (!readNames.contains(name)) {
        violations.addMalformed(pointerTo(name), "unknown_field", "there is no such field here");
      }
    }
  }

  /**
   * Reads an array of at least one element, which need not be the field of an object.
   *
   * @param name the name of the array in details
   * @param pointer the place of the array in the input (RFC 6901)
   * @param maxElements the maximum number of elements; of a longer array no element is read
   * @param element reads one element, given its pointer; {@code null} if it has violations
   * @return all elements; {@code null} if the array or one of its elements has violations
   */
  public static <T> @Nullable List<T> readElements(
      JsonInput array,
      String name,
      String pointer,
      int maxElements,
      BiFunction<JsonInput, String, @Nullable T> element,
      Violations violations) {
    int size = array.size();
    if (size == 0) {
      violations.addInvalid(pointer, "empty", name + " must hold at least one element");
      return null;
    }
    if (size > maxElements) {
      violations.addInvalid(
          pointer, "too_many", name + " must hold at most " + maxElements + " elements");
      return null;
    }
    List<T> read = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      T value = element.apply(array.element(i), pointer + "/" + i);
      if (value != null) {
        read.add(value);
      }
    }
    return read.size() == size ? read : null;
  }

  private @Nullable JsonInput requireField(String name) {
    JsonInput value = value(name);
    if (value == null && object.isObject()) {
      violations.addInvalid(pointerTo(name), "missing_field", name + " must be given");
    }
    return value;
  }

  private @Nullable JsonInput requireArray(String name, @Nullable JsonInput value) {
    if (value == null || value.isArray()) {
      return value;
    }
    addWrongType(name, "a JSON array");
    return null;
  }

  private <T> @Nullable T readText(
      String name, @Nullable JsonInput value, Function<String, T> factory) {
    if (value == null) {
      return null;
    }
    String text = value.string();
    if (text == null) {
      addWrongType(name, "a JSON string");
      return null;
    }
    return tryCreate(name, text, factory);
  }

  private <T> @Nullable T readDecimal(
      String name,
      @Nullable JsonInput value,
      Function<BigDecimal, T> ofNumber,
      Function<String, T> ofText) {
    if (value == null) {
      return null;
    }
    BigDecimal number = value.number();
    if (number != null) {
      return tryCreate(name, number, ofNumber);
    }
    String text = value.string();
    if (text == null) {
      addWrongType(name, "a JSON number, or a string of one");
      return null;
    }
    return tryCreate(name, text, ofText);
  }

  private @Nullable Long readInteger(String name, @Nullable JsonInput value, long min, long max) {
    if (value == null) {
      return null;
    }
    BigDecimal number = value.number();
    if (number == null) {
      addWrongType(name, "a whole JSON number");
      return null;
    }
    return tryCreate(name, number, decimal -> toInteger(name, decimal, min, max));
  }

  private <T> @Nullable List<T> readNonEmptyList(
      String name,
      @Nullable JsonInput array,
      int maxElements,
      BiFunction<JsonInput, String, @Nullable T> element) {
    return array == null
        ? null
        : readElements(array, name, pointerTo(name), maxElements, element, violations);
  }

  /** Reads one string of a list; its detail repeats the name of the list if that is given. */
  private <T> @Nullable T readTextElement(
      JsonInput element, String at, @Nullable String listName, Function<String, T> factory) {
    String text = element.string();
    if (text == null) {
      String subject = listName == null ? "" : "an element of " + listName + " ";
      violations.addMalformed(at, "wrong_type", subject + "must be a JSON string");
      return null;
    }
    return violations.tryCreate(at, () -> factory.apply(text));
  }

  /** Creates a value; builds the pointer only if the factory rejects the source. */
  private <S, T> @Nullable T tryCreate(String name, S source, Function<S, T> factory) {
    try {
      return factory.apply(source);
    } catch (InvalidValueException rejection) {
      violations.addInvalid(pointerTo(name), rejection);
      return null;
    }
  }

  private void addWrongType(String name, String expected) {
    violations.addMalformed(pointerTo(name), "wrong_type", name + " must be " + expected);
  }

  /**
   * Converts a number to a whole number from {@code min} to {@code max}.
   *
   * @throws InvalidValueException if it is outside of this range, or not a whole number
   */
  public static long toInteger(String name, BigDecimal number, long min, long max) {
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
      String word = constant.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return constant;
      }
      allowed.add(word);
    }
    throw new InvalidValueException(
        Reason.OUT_OF_RANGE, name + " must be one of " + String.join(", ", allowed));
  }
}
