package kassa.domain.json;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as {@link JsonObjectReader} reads it: a {@link JsonValue}, or a node of a parser's
 * tree, which is then read without a conversion of the tree.
 *
 * <p>Each value overrides the methods of its own JSON type. The others return {@code false}, {@code
 * null} or nothing. JSON {@code null} overrides none.
 */
public interface JsonInput {

  /** Whether this is an object. */
  default boolean isObject() {
    return false;
  }

  /** The names of all members in their order, also of those that are {@code null} in the JSON. */
  default Collection<String> names() {
    return List.of();
  }

  /** The value of a member; {@code null} if it is absent, or {@code null} in the JSON. */
  default @Nullable JsonInput member(String name) {
    return null;
  }

  /** Whether this is an array. */
  default boolean isArray() {
    return false;
  }

  /** The number of elements of the array. */
  default int size() {
    return 0;
  }

  /**
   * An element of the array.
   *
   * @param index from 0
   * @throws IndexOutOfBoundsException if the array has no such element, or if this is no array
   */
  default JsonInput element(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  /** The text of a string; {@code null} if this is no string. */
  default @Nullable String string() {
    return null;
  }

  /** The value of a number; {@code null} if this is no number. */
  default @Nullable BigDecimal number() {
    return null;
  }

  /** The value of {@code true} or {@code false}; {@code null} if this is neither. */
  default @Nullable Boolean bool() {
    return null;
  }
}
