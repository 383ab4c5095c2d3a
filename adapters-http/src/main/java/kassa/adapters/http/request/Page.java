package kassa.adapters.http.request;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Page of a list with keyset pagination: the rows after a position, up to a limit.
 *
 * @param rows the rows of the page
 * @param next the last row, after which the next page starts; {@code null} on the last page
 */
public record Page<T>(List<T> rows, @Nullable T next) {

  /**
   * Reads rows of a list.
   *
   * @param <P> type of a position in the list
   */
  @FunctionalInterface
  public interface Source<P, T> {

    List<T> list(@Nullable P after, int limit);
  }

  /** Reads a page. Reads one more row to detect a next page, but only if the page is full. */
  public static <P, T> Page<T> of(
      @Nullable P after, int limit, Source<P, T> source, Function<T, P> position) {
    List<T> rows = source.list(after, limit);
    boolean hasMore =
        rows.size() == limit && !source.list(position.apply(rows.getLast()), 1).isEmpty();
    return new Page<>(rows, hasMore ? rows.getLast() : null);
  }
}
