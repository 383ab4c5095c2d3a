package kassa.adapters.http.request;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that is asked for by where to begin and how many there may be.
 *
 * @param rows what is on it
 * @param next behind what the next page begins; {@code null} on the last
 */
public record Page<T>(List<T> rows, @Nullable T next) {

  /**
   * Asks for a list.
   *
   * @param <P> what a place in the list is named by
   */
  @FunctionalInterface
  public interface Source<P, T> {

    List<T> list(@Nullable P after, int limit);
  }

  /** Reads a page, and looks whether there is more only if it is full. */
  public static <P, T> Page<T> of(
      @Nullable P after, int limit, Source<P, T> source, Function<T, P> position) {
    List<T> rows = source.list(after, limit);
    boolean hasMore =
        rows.size() == limit && !source.list(position.apply(rows.getLast()), 1).isEmpty();
    return new Page<>(rows, hasMore ? rows.getLast() : null);
  }
}
