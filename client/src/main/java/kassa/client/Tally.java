package kassa.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts what became of orders. No more reasons are told apart than people would read. */
final class Tally {

  private static final int MOST_REASONS = 50;
  private static final int MOST_LINES = 5;

  private final long orders;
  private final Map<String, Refusals> reasons = new HashMap<>();
  private long placed;
  private long placedBefore;
  private long refused;

  Tally(long orders, long placedBefore) {
    this.orders = orders;
    this.placedBefore = placedBefore;
  }

  private static final class Refusals {

    private final TreeSet<Integer> firstLines = new TreeSet<>();
    private final String example;
    private long count;

    private Refusals(String example) {
      this.example = example;
    }

    private void add(int line) {
      count++;
      firstLines.add(line);
      if (firstLines.size() > MOST_LINES) {
        firstLines.removeLast();
      }
    }
  }

  void add(int line, Outcome outcome) {
    switch (outcome) {
      case Outcome.Placed(String _, long _, boolean replayed) when replayed -> placedBefore++;
      case Outcome.Placed _ -> placed++;
      case Outcome.Refused(int _, Problem problem) -> {
        refused++;
        reason(problem).add(line);
      }
    }
  }

  private Refusals reason(Problem problem) {
    String reason = problem.reason();
    String name =
        reasons.containsKey(reason) || reasons.size() < MOST_REASONS ? reason : problem.code();
    return reasons.computeIfAbsent(name, _ -> new Refusals(problem.explanation()));
  }

  /**
   * What was counted.
   *
   * @param obstacle why orders are left that were not sent
   */
  Report report(@Nullable String obstacle) {
    List<Report.Reason> told = new ArrayList<>();
    reasons.forEach((name, refusals) ->
        told.add(
            new Report.Reason(
                name, refusals.count, List.copyOf(refusals.firstLines), refusals.example)));
    told.sort(
        Comparator.comparingLong(Report.Reason::count)
            .reversed()
            .thenComparing(Report.Reason::name));
    return new Report(orders, placed, placedBefore, refused, told, obstacle);
  }
}
