package kassa.adapters.http.order.batch;

import java.util.List;
import kassa.adapters.http.order.OrderResponse;
import kassa.adapters.http.problem.ProblemResponse;
import org.jspecify.annotations.Nullable;

/**
 * Result of a batch.
 *
 * @param results one result per order, in request order
 * @param summary number of placed and rejected orders
 */
public record BatchResponse(List<Item> results, Summary summary) {

  /** Result of one order. */
  public sealed interface Item {}

  /**
   * The order was placed.
   *
   * @param index index of the order in the batch, from 0
   * @param key its idempotency key; may be {@code null}
   * @param status 201
   * @param order the order
   */
  public record PlacedItem(int index, @Nullable String key, int status, OrderResponse order)
      implements Item {}

  /**
   * The order was already placed by an earlier request with the same key (replay).
   *
   * @param index index of the order in the batch, from 0
   * @param key its idempotency key
   * @param status 201
   * @param replayed {@code true}
   * @param order the order as it was placed; of an earlier version the stored response, which is
   *     not parsed: it may be large
   */
  public record ReplayedItem(
      int index, @Nullable String key, int status, boolean replayed, Object order)
      implements Item {}

  /**
   * The order was rejected.
   *
   * @param index index of the order in the batch, from 0
   * @param key its idempotency key; may be {@code null}
   * @param status the HTTP status that a single request would get
   * @param problem the reason
   */
  public record RejectedItem(int index, @Nullable String key, int status, ProblemResponse problem)
      implements Item {}

  /**
   * Last line of a stream.
   *
   * @param summary number of placed and rejected orders
   */
  public record SummaryLine(Summary summary) {}

  /**
   * Last line of a stream that the server ended before its last order.
   *
   * @param problem the reason
   */
  public record ProblemLine(ProblemResponse problem) {}

  /**
   * Counts of a batch.
   *
   * @param placed number of placed orders, including replays
   * @param rejected number of rejected orders
   */
  public record Summary(long placed, long rejected) {}

  /** Creates the response with its summary. */
  public static BatchResponse of(List<Item> results) {
    int rejected = (int) results.stream().filter(RejectedItem.class::isInstance).count();
    return new BatchResponse(results, new Summary(results.size() - rejected, rejected));
  }
}
