package kassa.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts the outcomes of orders, grouped by at most 50 rejection reasons. Not thread-safe. */
final class ImportStatistics {

  private static final int MAX_REASONS = 50;
  private static final int MAX_EXAMPLE_LINES = 5;

  private final long orders;
  private final Map<String, RejectionGroup> reasons = new HashMap<>();
  private long placed;
  private long alreadyPlaced;
  private long rejected;

  ImportStatistics(long orders, long alreadyPlaced) {
    this.orders = orders;
    this.alreadyPlaced = alreadyPlaced;
  }

  private static final class RejectionGroup {

    private final TreeSet<Integer> firstLines = new TreeSet<>();
    private final String example;
    private long count;

    private RejectionGroup(String example) {
      this.example = example;
    }

    private void add(int line) {
      count++;
      firstLines.add(line);
      if (firstLines.size() > MAX_EXAMPLE_LINES) {
        firstLines.removeLast();
      }
    }
  }

  void add(int line, ImportOutcome outcome) {
    switch (outcome) {
      case ImportOutcome.Placed(String _, long _, boolean replayed) when replayed ->
          alreadyPlaced++;
      case ImportOutcome.Placed _ -> placed++;
      case ImportOutcome.Rejected(int _, ProblemDetail problem) -> {
        rejected++;
        rejectionGroup(problem).add(line);
      }
    }
  }

  private RejectionGroup rejectionGroup(ProblemDetail problem) {
    String reason = problem.groupingKey();
    String name =
        reasons.containsKey(reason) || reasons.size() < MAX_REASONS ? reason : problem.code();
    return reasons.computeIfAbsent(name, _ -> new RejectionGroup(problem.firstDetail()));
  }

  /**
   * Returns the counts as a report.
   *
   * @param abortReason why some orders were not sent; {@code null} if all were sent
   */
  ImportReport toReport(@Nullable String abortReason) {
    List<ImportReport.RejectionReason> rejectionReasons = new ArrayList<>();
    reasons.forEach((name, group) ->
        rejectionReasons.add(
            new ImportReport.RejectionReason(
                name, group.count, List.copyOf(group.firstLines), group.example)));
    rejectionReasons.sort(
        Comparator.comparingLong(ImportReport.RejectionReason::count)
            .reversed()
            .thenComparing(ImportReport.RejectionReason::name));
    return new ImportReport(orders, placed, alreadyPlaced, rejected, rejectionReasons, abortReason);
  }
}
