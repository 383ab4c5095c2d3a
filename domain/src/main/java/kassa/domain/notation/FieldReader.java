package kassa.domain.notation;

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
public final class FieldReader {

  private final Map<String, Notation> entries;
  private final boolean isObject;
  private final String pointer;
  private final Flaws flaws;
  private final Set<String> known = new HashSet<>();

  /**
   * @param notation what should be an object; if it is none, that is a flaw and it counts as empty
   * @param pointer where it stands
   * @param flaws takes what is wrong
   */
  public FieldReader(Notation notation, String pointer, Flaws flaws) {
    this.isObject = notation instanceof Notation.Fields;
    this.entries = notation instanceof Notation.Fields fields ? fields.entries() : Map.of();
    this.pointer = pointer;
    this.flaws = flaws;
    if (!isObject) {
      flaws.malformed(pointer, "wrong_type", "must be a JSON object");
    }
  }

  /** The names of all fields, in the order in which they were written. */
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  /** Whether the field is there. */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /** What is wrong so far. */
  public Flaws flaws() {
    return flaws;
  }

  /** The pointer of a field of this object (RFC 6901). */
  public String at(String name) {
    return at(pointer, name);
  }

  /** The pointer of a field of an object that is at a pointer (RFC 6901). */
  public static String at(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer of this object. */
  public String pointer() {
    return pointer;
  }

  /** A text that must be there, made into a value. */
  public <T> @Nullable T requiredText(String name, Function<String, T> factory) {
    return present(name) == null ? null : optionalText(name, factory);
  }

  /** A text that may be there, made into a value. */
  public <T> @Nullable T optionalText(String name, Function<String, T> factory) {
    return switch (value(name)) {
      case null -> null;
      case Notation.Text(String content) -> flaws.check(at(name), () -> factory.apply(content));
      default -> {
        wrongType(name, "a JSON string");
        yield null;
      }
    };
  }

  /** A number that must be there, written as a number or as a text of one, made into a value. */
  public <T> @Nullable T requiredDecimal(
      String name, Function<BigDecimal, T> ofNumber, Function<String, T> ofText) {
    return present(name) == null ? null : optionalDecimal(name, ofNumber, ofText);
  }

  /** A number that may be there, written as a number or as a text of one, made into a value. */
  public <T> @Nullable T optionalDecimal(
      String name, Function<BigDecimal, T> ofNumber, Function<String, T> ofText) {
    return switch (value(name)) {
      case null -> null;
      case Notation.Numeral(BigDecimal number) ->
          flaws.check(at(name), () -> ofNumber.apply(number));
      case Notation.Text(String content) -> flaws.check(at(name), () -> ofText.apply(content));
      default -> {
        wrongType(name, "a JSON number, or a string of one");
        yield null;
      }
    };
  }

  /** A whole number that must be there, from {@code least} to {@code most}. */
  public @Nullable Long requiredWhole(String name, long least, long most) {
    return present(name) == null ? null : optionalWhole(name, least, most);
  }

  /** A whole number that may be there, from {@code least} to {@code most}. */
  public @Nullable Long optionalWhole(String name, long least, long most) {
    return switch (value(name)) {
      case null -> null;
      case Notation.Numeral(BigDecimal number) ->
          flaws.check(at(name), () -> whole(name, number, least, most));
      default -> {
        wrongType(name, "a whole JSON number");
        yield null;
      }
    };
  }

  /** Yes or no, or {@code otherwise} if it is not there. */
  public boolean flag(String name, boolean otherwise) {
    return switch (value(name)) {
      case null -> otherwise;
      case Notation.Flag(boolean value) -> value;
      default -> {
        wrongType(name, "true or false");
        yield otherwise;
      }
    };
  }

  /** One of these words, by the constants' names in lower case. */
  public <E extends Enum<E>> @Nullable E optionalWord(String name, Class<E> words) {
    return optionalText(name, text -> word(name, text, words));
  }

  /** A list that must be there and hold something. */
  public <T> @Nullable List<T> requiredList(
      String name, int most, BiFunction<Notation, String, @Nullable T> element) {
    return present(name) == null ? null : optionalList(name, most, element);
  }

  /**
   * A list that may be there, and holds something if it is.
   *
   * @param most the most elements that it may hold; with more of them none is read
   * @param element reads one element, given its pointer; {@code null} if it found flaws
   * @return all the elements; {@code null} if it is absent, or if it or one of them has flaws
   */
  public <T> @Nullable List<T> optionalList(
      String name, int most, BiFunction<Notation, String, @Nullable T> element) {
    return switch (value(name)) {
      case null -> null;
      case Notation.Items(List<Notation> elements) -> list(name, elements, most, element);
      default -> {
        wrongType(name, "a JSON array");
        yield null;
      }
    };
  }

  /** Texts that may be there, each made into a value, at least one and none of them twice. */
  public <T> @Nullable Set<T> optionalSet(String name, int most, Function<String, T> factory) {
    List<T> read = optionalList(name, most, (node, at) -> text(node, at, factory));
    if (read == null) {
      return null;
    }
    Set<T> values = new java.util.LinkedHashSet<>(read);
    if (values.size() < read.size()) {
      flaws.invalid(at(name), "repeated", name + " must not hold the same twice");
      return null;
    }
    return java.util.Collections.unmodifiableSet(values);
  }

  /** Whole numbers by names, at least one; the names made into values. */
  public <T> @Nullable SequencedMap<T, Long> optionalCounts(
      String name, int mostEntries, Function<String, T> factory, long most) {
    FieldReader counts = optionalObject(name);
    if (counts == null) {
      return null;
    }
    if (counts.entries.isEmpty() || counts.entries.size() > mostEntries) {
      flaws.invalid(
          at(name), "out_of_range", name + " must hold from 1 to " + mostEntries + " entries");
      return null;
    }
    SequencedMap<T, Long> read = new LinkedHashMap<>();
    for (String entry : counts.names()) {
      T key = flaws.check(counts.at(entry), () -> factory.apply(entry));
      Long count = counts.requiredWhole(entry, 1, most);
      if (key != null && count != null) {
        read.put(key, count);
      }
    }
    return read.size() == counts.entries.size() ? read : null;
  }

  /** An object that may be there. */
  public @Nullable FieldReader optionalObject(String name) {
    Notation value = value(name);
    return value == null ? null : new FieldReader(value, at(name), flaws);
  }

  /** The value of a field as it is written; {@code null} if it is absent. */
  public @Nullable Notation value(String name) {
    known.add(name);
    return entries.get(name);
  }

  /** Makes a flaw of every field that nobody asked for. To be called last. */
  public void refuseOthers() {
    for (String name : entries.keySet()) {
      if (!known.contains(name)) {
        flaws.malformed(at(name), "unknown_field", "there is no such field here");
      }
    }
  }

  private @Nullable Notation present(String name) {
    Notation value = value(name);
    if (value == null && isObject) {
      flaws.invalid(at(name), "missing_field", name + " must be given");
    }
    return value;
  }

  private <T> @Nullable List<T> list(
      String name,
      List<Notation> elements,
      int most,
      BiFunction<Notation, String, @Nullable T> element) {
    if (elements.isEmpty()) {
      flaws.invalid(at(name), "empty", name + " must hold at least one element");
      return null;
    }
    if (elements.size() > most) {
      flaws.invalid(at(name), "too_many", name + " must hold at most " + most + " elements");
      return null;
    }
    List<T> read = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      T value = element.apply(elements.get(i), at(name) + "/" + i);
      if (value != null) {
        read.add(value);
      }
    }
    return read.size() == elements.size() ? read : null;
  }

  private <T> @Nullable T text(Notation node, String at, Function<String, T> factory) {
    if (node instanceof Notation.Text(String content)) {
      return flaws.check(at, () -> factory.apply(content));
    }
    flaws.malformed(at, "wrong_type", "must be a JSON string");
    return null;
  }

  private void wrongType(String name, String expected) {
    flaws.malformed(at(name), "wrong_type", name + " must be " + expected);
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

  private static <E extends Enum<E>> E word(String name, String text, Class<E> words) {
    List<String> allowed = new ArrayList<>();
    for (E constant : words.getEnumConstants()) {
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
