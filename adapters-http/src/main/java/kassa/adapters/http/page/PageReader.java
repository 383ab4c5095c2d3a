package kassa.adapters.http.page;

import java.util.Set;
import java.util.function.Function;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.request.QueryParameters;
import kassa.application.port.in.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of a list, which the query parameters {@code limit} and {@code cursor} select.
 * Thread-safe.
 *
 * @param <T> type of an element
 * @param <P> type of a position in the list
 * @param <R> type of the response of an element
 */
public final class PageReader<T, P, R> {

  private static final int DEFAULT_LIMIT = 50;

  /** The parameters that select a page, and not the rows of the list. */
  private static final Set<String> PARAMETERS = Set.of("limit", "cursor");

  private final Cursors cursors;
  private final CursorType<P> type;
  private final Function<T, P> position;
  private final Function<T, R> response;

  /**
   * Lists elements.
   *
   * @param <T> type of an element
   * @param <P> type of a position in the list
   */
  @FunctionalInterface
  public interface Source<T, P> {

    Slice<T> list(@Nullable P after, int limit);
  }

  /**
   * @param type the kind of list
   * @param position returns the position of an element in the list
   * @param response converts an element to its response
   */
  public PageReader(
      Cursors cursors, CursorType<P> type, Function<T, P> position, Function<T, R> response) {
    this.cursors = cursors;
    this.type = type;
    this.position = position;
    this.response = response;
  }

  /**
   * Reads a page of a list whose cursors are bound to all of its other parameters.
   *
   * @param query the query parameters; the other ones have been read already
   * @throws ProblemException if a query parameter is invalid
   */
  public PageResponse<R> read(QueryParameters query, Source<T, P> source) {
    return read(query, query.textWithout(PARAMETERS), source);
  }

  /**
   * Reads a page.
   *
   * @param query the query parameters; the other ones have been read already
   * @param search canonical text of the filters and the sort order, to which cursors are bound
   * @throws ProblemException if a query parameter is invalid
   */
  public PageResponse<R> read(QueryParameters query, String search, Source<T, P> source) {
    int limit = query.number("limit", 1, Slice.MAX_SIZE, DEFAULT_LIMIT);
    query.requireValid();
    String cursor = query.value("cursor");
    P after = cursor == null ? null : cursors.decode(type, cursor, search);
    Slice<T> slice = source.list(after, limit);
    P next = slice.next(position);
    return new PageResponse<>(
        slice.items().stream().map(response).toList(),
        next == null ? null : cursors.encode(type, next, search));
  }
}
