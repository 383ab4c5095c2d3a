package kassa.domain.order;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;

/**
 * What the sender of an order wants to find on it again. Kassa keeps it and does not read it.
 *
 * @param entries at most 50 texts of at most 500 characters by their names of at most 64, in the
 *     order of the names
 */
public record Metadata(SortedMap<String, String> entries) {

  /** The most entries. */
  public static final int MAX_ENTRIES = 50;

  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 64;

  /** The longest value, in characters. */
  public static final int MAX_VALUE_LENGTH = 500;

  /**
   * @throws InvalidValueException if there are too many entries, or one is too long or not plain
   */
  public Metadata {
    if (entries.size() > MAX_ENTRIES) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "metadata must hold at most " + MAX_ENTRIES + " entries");
    }
    entries.forEach((name, value) -> {
      PlainText.singleLine("a name in metadata", name, MAX_NAME_LENGTH);
      PlainText.multiLine("a value in metadata", value, MAX_VALUE_LENGTH);
    });
    // A copy made by TreeMap's constructor would keep the order that the given map was sorted by.
    SortedMap<String, String> byName = new TreeMap<>();
    byName.putAll(entries);
    entries = Collections.unmodifiableSortedMap(byName);
  }

  /**
   * The same entries, in the order of their names.
   *
   * @throws InvalidValueException if there are too many entries, or one is too long or not plain
   */
  public static Metadata of(Map<String, String> entries) {
    return new Metadata(new TreeMap<>(entries));
  }
}
