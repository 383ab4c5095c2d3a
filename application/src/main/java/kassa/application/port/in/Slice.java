package kassa.application.port.in;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list (keyset pagination): the elements after a position, up to a limit.
 *
 * @param <T> type of an element
 * @param items the elements, in the order of the list
 * @param hasNext whether the list goes on after the last of them
 */
public record Slice<T>(List<T> items, boolean hasNext) {

  /** Maximum number of elements of a slice. */
  public static final int MAX_SIZE = 200;

  /**
   * @throws IllegalArgumentException if there is no element after which the list could go on
   */
  public Slice {
    items = List.copyOf(items);
    if (hasNext && items.isEmpty()) {
      throw new IllegalArgumentException("an empty slice has no next one");
    }
  }

  /**
   * Reads a slice.
   *
   * @param limit the maximum number of elements, 1 to {@value #MAX_SIZE}
   * @param source reads the first elements of the rest of the list, up to a number: one more than
   *     {@code limit}, to detect whether the list goes on
   * @throws IllegalArgumentException if the limit is out of range
   */
  public static <T> Slice<T> read(int limit, IntFunction<List<T>> source) {
    if (limit < 1 || limit > MAX_SIZE) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_SIZE);
    }
    List<T> found = source.apply(limit + 1);
    return found.size() > limit
        ? new Slice<>(found.subList(0, limit), true)
        : new Slice<>(found, false);
  }

  /**
   * Returns the position after which the next slice starts; {@code null} if this is the last one.
   *
   * @param position returns the position of an element in the list
   */
  public <P> @Nullable P next(Function<? super T, P> position) {
    return hasNext ? position.apply(items.getLast()) : null;
  }
}
