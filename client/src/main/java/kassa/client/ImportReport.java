package kassa.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the orders of a file.
 *
 * @param orders how many there are in the file
 * @param placed those that were placed now
 * @param alreadyPlaced those that were placed by an earlier call under their key, or by an earlier
 *     run
 * @param rejected those that were not placed
 * @param reasons why not, the most frequent first
 * @param abortReason why orders are left that were not sent; {@code null} if none are
 */
public record ImportReport(
    long orders,
    long placed,
    long alreadyPlaced,
    long rejected,
    List<RejectionReason> reasons,
    @Nullable String abortReason) {

  /** Copies the list. */
  public ImportReport {
    reasons = List.copyOf(reasons);
  }

  /**
   * Why some orders were not placed.
   *
   * @param name the kind of problem, and of the first thing that is wrong, if that is the problem
   * @param count how many orders
   * @param firstLines the lines that the first of them begin at, in their order
   * @param example what it was at one of them, for people
   */
  public record RejectionReason(String name, long count, List<Integer> firstLines, String example) {

    /** Copies the list. */
    public RejectionReason {
      firstLines = List.copyOf(firstLines);
    }
  }

  /** How many orders were not sent. */
  public long unsent() {
    return orders - placed - alreadyPlaced - rejected;
  }

  /** Whether every order of the file is placed. */
  public boolean isComplete() {
    return placed + alreadyPlaced == orders;
  }
}
