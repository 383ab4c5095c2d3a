package kassa.adapters.http.order.batch;

import java.util.List;
import kassa.adapters.http.order.OrderResponse;
import kassa.adapters.http.problem.ProblemResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What became of the orders of a batch.
 *
 * @param results one for each order, in the order in which they were sent
 * @param summary how many there are of each kind
 */
public record BatchResponse(List<Item> results, Summary summary) {

  /** What became of one order. */
  public sealed interface Item {}

  /**
   * It was placed.
   *
   * @param index its place among the orders, from 0
   * @param key its key, if it has one
   * @param status 201
   * @param order the order
   */
  public record PlacedItem(int index, @Nullable String key, int status, OrderResponse order)
      implements Item {}

  /**
   * It was placed before, by a call with the same key.
   *
   * @param index its place among the orders, from 0
   * @param key its key
   * @param status 201
   * @param replayed {@code true}
   * @param order the order as it was answered then
   */
  public record ReplayedItem(
      int index, @Nullable String key, int status, boolean replayed, JsonNode order)
      implements Item {}

  /**
   * It was not placed.
   *
   * @param index its place among the orders, from 0
   * @param key its key, if it has one
   * @param status the HTTP status that it would have had alone
   * @param problem why
   */
  public record RejectedItem(int index, @Nullable String key, int status, ProblemResponse problem)
      implements Item {}

  /**
   * The last line of a stream.
   *
   * @param summary how many there are of each kind
   */
  public record SummaryLine(Summary summary) {}

  /**
   * How many.
   *
   * @param placed orders that were placed
   * @param rejected orders that were not
   */
  public record Summary(long placed, long rejected) {}

  /** Counts the results. */
  public static BatchResponse of(List<Item> results) {
    int rejected = (int) results.stream().filter(RejectedItem.class::isInstance).count();
    return new BatchResponse(results, new Summary(results.size() - rejected, rejected));
  }
}
