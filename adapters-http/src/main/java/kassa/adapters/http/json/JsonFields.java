package kassa.adapters.http.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.json.JsonObjectReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of one JSON object. Whatever is not as it should be becomes a fault at its
 * pointer, and the reading goes on. {@code null} stands for an absent field.
 */
public final class JsonFields {

  private final JsonNode object;
  private final String pointer;
  private final Faults faults;
  private final Set<String> known = new HashSet<>();

  /**
   * @param node what should be an object; if it is none, that is a fault and it counts as empty
   * @param pointer where it stands in the body
   * @param faults takes what is wrong
   */
  public JsonFields(JsonNode node, String pointer, Faults faults) {
    this.object = node;
    this.pointer = pointer;
    this.faults = faults;
    if (!node.isObject()) {
      faults.malformed(pointer, "wrong_type", "must be a JSON object");
    }
  }

  /** A string that must be there, made into a value. */
  public <T> @Nullable T requiredText(String name, Function<String, T> factory) {
    return present(name) == null ? null : optionalText(name, factory);
  }

  /** A string that may be there, made into a value. */
  public <T> @Nullable T optionalText(String name, Function<String, T> factory) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isString()) {
      faults.malformed(at(name), "wrong_type", name + " must be a JSON string");
      return null;
    }
    return faults.check(at(name), () -> factory.apply(value.stringValue()));
  }

  /** A decimal that must be there, written as a JSON number or as a string of one. */
  public <T> @Nullable T requiredDecimal(
      String name, Function<BigDecimal, T> ofNumber, Function<String, T> ofText) {
    JsonNode value = present(name);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      return faults.check(at(name), () -> ofNumber.apply(value.decimalValue()));
    }
    if (value.isString()) {
      return faults.check(at(name), () -> ofText.apply(value.stringValue()));
    }
    faults.malformed(at(name), "wrong_type", name + " must be a JSON number, or a string of one");
    return null;
  }

  /** A whole number that may be there, from {@code least} to {@code most}. */
  public @Nullable Long optionalWhole(String name, long least, long most) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      faults.malformed(at(name), "wrong_type", name + " must be a whole JSON number");
      return null;
    }
    return faults.check(at(name), () -> whole(name, value.decimalValue(), least, most));
  }

  /** {@code true} or {@code false}; the other value if it is not there. */
  public boolean optionalFlag(String name, boolean otherwise) {
    Boolean flag = optionalFlag(name);
    return flag == null ? otherwise : flag;
  }

  /** {@code true} or {@code false}, which may be there. */
  public @Nullable Boolean optionalFlag(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      faults.malformed(at(name), "wrong_type", name + " must be true or false");
      return null;
    }
    return value.booleanValue();
  }

  /**
   * A list of strings that may be there and may be empty, each made into a value.
   *
   * @param most the most elements that it may hold; with more of them none is read
   * @return the values; none if the list is not there, or if anything in it is faulty
   */
  public <T> List<T> optionalTextList(String name, int most, Function<String, T> factory) {
    List<T> values = optionalList(name, most, (text, at) -> text(text, at, name, factory));
    return values == null ? List.of() : values;
  }

  /**
   * A list of strings that must be there and hold something, each made into a value.
   *
   * @param most the most elements that it may hold; with more of them none is read
   * @return the values; {@code null} if anything is faulty
   */
  public <T> @Nullable List<T> requiredTextList(
      String name, int most, Function<String, T> factory) {
    return requiredList(name, most, (text, at) -> text(text, at, name, factory));
  }

  /**
   * A list that may be there and may be empty.
   *
   * @param most the most elements that it may hold; with more of them none is read
   * @param element reads one element, given its pointer; {@code null} if it found faults
   * @return all the elements; {@code null} if the list is not there, or if anything in it is faulty
   */
  public <T> @Nullable List<T> optionalList(
      String name, int most, BiFunction<JsonNode, String, @Nullable T> element) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      faults.malformed(at(name), "wrong_type", name + " must be a JSON array");
      return null;
    }
    return value.isEmpty() ? List.of() : elements(value, name, at(name), most, element, faults);
  }

  /**
   * A list that must be there and hold something.
   *
   * @param most the most elements that it may hold; with more of them none is read
   * @param element reads one element, given its pointer; {@code null} if it found faults
   * @return all the elements; {@code null} if one is faulty, or the list itself
   */
  public <T> @Nullable List<T> requiredList(
      String name, int most, BiFunction<JsonNode, String, @Nullable T> element) {
    JsonNode value = present(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      faults.malformed(at(name), "wrong_type", name + " must be a JSON array");
      return null;
    }
    return elements(value, name, at(name), most, element, faults);
  }

  /**
   * Reads a list that is there and has to hold something.
   *
   * @param name what it is called
   * @param pointer where it stands in the body
   * @param most the most elements that it may hold; with more of them none is read
   * @param element reads one element, given its pointer; {@code null} if it found faults
   * @return all the elements; {@code null} if one is faulty, or the list itself
   */
  public static <T> @Nullable List<T> elements(
      JsonNode array,
      String name,
      String pointer,
      int most,
      BiFunction<JsonNode, String, @Nullable T> element,
      Faults faults) {
    if (array.isEmpty()) {
      faults.invalid(pointer, "empty", name + " must hold at least one element");
      return null;
    }
    if (array.size() > most) {
      faults.invalid(pointer, "too_many", name + " must hold at most " + most + " elements");
      return null;
    }
    List<T> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      T read = element.apply(array.get(i), pointer + "/" + i);
      if (read != null) {
        elements.add(read);
      }
    }
    return elements.size() == array.size() ? elements : null;
  }

  /** An object that may be there, whose fields are to be read. */
  public @Nullable JsonFields optionalObject(String name) {
    JsonNode value = value(name);
    return value == null ? null : new JsonFields(value, at(name), faults);
  }

  /** Whatever stands in a field that may be there. */
  public @Nullable JsonNode optionalValue(String name) {
    return value(name);
  }

  /**
   * An object of strings that may be there, made into a value; made of no strings if it is not.
   * Here {@code null} is no string: what somebody else named is not left out without a word.
   *
   * @param factory is given each entry alone, so that the fault of each is told, and then all
   */
  public <T> @Nullable T optionalTexts(String name, Function<Map<String, String>, T> factory) {
    JsonNode value = value(name);
    if (value == null) {
      return factory.apply(Map.of());
    }
    JsonFields entries = new JsonFields(value, at(name), faults);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String entry : value.propertyNames()) {
      String text = entries.text(entry, name);
      if (text != null && taken(entries.at(entry), () -> factory.apply(Map.of(entry, text)))) {
        texts.put(entry, text);
      }
    }
    return texts.size() == value.size() ? faults.check(at(name), () -> factory.apply(texts)) : null;
  }

  /** Makes a fault of every field that nobody asked for. To be called last. */
  public void refuseOthers() {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        faults.malformed(at(name), "unknown_field", "there is no such field here");
      }
    }
  }

  /** The pointer of a field of this object (RFC 6901). */
  public String at(String name) {
    return JsonObjectReader.pointerTo(pointer, name);
  }

  private <T> @Nullable T text(
      JsonNode element, String elementPointer, String name, Function<String, T> factory) {
    if (!element.isString()) {
      faults.malformed(
          elementPointer, "wrong_type", "an element of " + name + " must be a JSON string");
      return null;
    }
    return faults.check(elementPointer, () -> factory.apply(element.stringValue()));
  }

  private @Nullable String text(String entry, String name) {
    JsonNode value = object.get(entry);
    if (value.isString()) {
      return value.stringValue();
    }
    faults.malformed(at(entry), "wrong_type", "a value in " + name + " must be a JSON string");
    return null;
  }

  private static long whole(String name, BigDecimal number, long least, long most) {
    if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, name + " must be from " + least + " to " + most);
    }
    if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
      throw new InvalidValueException(Reason.TOO_PRECISE, name + " must be a whole number");
    }
    return number.longValue();
  }

  private boolean taken(String entryPointer, Supplier<?> factory) {
    return faults.check(entryPointer, factory) != null;
  }

  private @Nullable JsonNode present(String name) {
    JsonNode value = value(name);
    if (value == null && object.isObject()) {
      faults.invalid(at(name), "missing_field", name + " must be given");
    }
    return value;
  }

  private @Nullable JsonNode value(String name) {
    known.add(name);
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
