package kassa.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Report of an import.
 *
 * @param orders number of orders in the file
 * @param placed number of orders that this run placed
 * @param alreadyPlaced number of orders that an earlier run, or an earlier request with the same
 *     idempotency key, placed
 * @param rejected number of rejected orders
 * @param reasons reasons of the rejections, the most frequent first
 * @param abortReason why some orders were not sent; {@code null} if all were sent
 */
public record ImportReport(
    long orders,
    long placed,
    long alreadyPlaced,
    long rejected,
    List<RejectionReason> reasons,
    @Nullable String abortReason) {

  /** Makes the list unmodifiable. */
  public ImportReport {
    reasons = List.copyOf(reasons);
  }

  /**
   * Reason of one or more rejections.
   *
   * @param name the error code and, for an invalid order, the first violation
   * @param count the number of orders
   * @param firstLines the first lines of the first five orders, ascending
   * @param example the description of one of the rejections
   */
  public record RejectionReason(String name, long count, List<Integer> firstLines, String example) {

    /** Makes the list unmodifiable. */
    public RejectionReason {
      firstLines = List.copyOf(firstLines);
    }
  }

  /** Number of orders that were not sent. */
  public long unsent() {
    return orders - placed - alreadyPlaced - rejected;
  }

  /** Whether every order of the file is placed. */
  public boolean isComplete() {
    return placed + alreadyPlaced == orders;
  }
}
