package kassa.adapters.http.message;

import java.util.List;

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
   * @param index its place in the batch, from 0
   * @param status 201
   * @param order the order
   */
  public record PlacedItem(int index, int status, OrderResponse order) implements Item {}

  /**
   * It was not placed.
   *
   * @param index its place in the batch, from 0
   * @param status the HTTP status that it would have had alone
   * @param problem why
   */
  public record RefusedItem(int index, int status, ProblemResponse problem) implements Item {}

  /**
   * How many.
   *
   * @param placed orders that were placed
   * @param rejected orders that were not
   */
  public record Summary(int placed, int rejected) {}

  /** Counts the results. */
  public static BatchResponse of(List<Item> results) {
    int placed = (int) results.stream().filter(PlacedItem.class::isInstance).count();
    return new BatchResponse(results, new Summary(placed, results.size() - placed));
  }
}
