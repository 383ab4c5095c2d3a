package kassa.domain.order;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;

/**
 * Metadata of an order: names and values of the client, which Kassa stores and does not interpret.
 *
 * @param entries at most 50 values of at most 500 characters, by names of at most 64 characters, in
 *     the order of the names
 */
public record Metadata(SortedMap<String, String> entries) {

  /** The maximum number of entries. */
  public static final int MAX_ENTRIES = 50;

  /** The maximum length of a name, in characters. */
  public static final int MAX_NAME_LENGTH = 64;

  /** The maximum length of a value, in characters. */
  public static final int MAX_VALUE_LENGTH = 500;

  private static final Metadata NONE = new Metadata(new TreeMap<>());

  /**
   * Validates and sorts the entries.
   *
   * @throws InvalidValueException if there are too many entries, or one is too long or not plain
   */
  public Metadata {
    if (entries.size() > MAX_ENTRIES) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "metadata must hold at most " + MAX_ENTRIES + " entries");
    }
    entries.forEach((name, value) -> {
      PlainText.singleLine("metadata name", name, MAX_NAME_LENGTH);
      PlainText.multiLine("metadata value", value, MAX_VALUE_LENGTH);
    });
    // The copy constructor of TreeMap would keep the comparator of the given map.
    SortedMap<String, String> byName = new TreeMap<>();
    byName.putAll(entries);
    entries = Collections.unmodifiableSortedMap(byName);
  }

  /**
   * Creates metadata from a map in any order.
   *
   * @throws InvalidValueException if there are too many entries, or one is too long or not plain
   */
  public static Metadata of(Map<String, String> entries) {
    return entries.isEmpty() ? NONE : new Metadata(new TreeMap<>(entries));
  }
}
