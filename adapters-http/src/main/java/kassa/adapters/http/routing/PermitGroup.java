package kassa.adapters.http.routing;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/**
 * Permits that the running requests of one or more classes share. One client gets at most a share
 * of them, and some are reserved for each class. Not thread-safe.
 */
final class PermitGroup {

  /** One caller may have a fourth of the bulk permits, and three fourths of the others. */
  private static final int BULK_SHARE_DIVISOR = 4;

  /** An eighth of the bulk permits is reserved for each class of bulk requests. */
  private static final int BULK_RESERVE_DIVISOR = 8;

  private final int max;
  private final int maxPerClient;
  private final List<RequestClass> classes;
  private final int reserve;
  private final Map<Object, Integer> runningByClient = new HashMap<>();
  private final Map<RequestClass, Integer> runningByClass = new EnumMap<>(RequestClass.class);
  private int running;

  private PermitGroup(int max, int maxPerClient, List<RequestClass> classes, int reserve) {
    this.max = max;
    this.maxPerClient = maxPerClient;
    this.classes = classes;
    this.reserve = reserve;
  }

  /** Creates a group without a limit. */
  static PermitGroup unlimited() {
    return new PermitGroup(Integer.MAX_VALUE, Integer.MAX_VALUE, List.of(), 0);
  }

  /**
   * Creates the group of a class whose requests handle one thing each.
   *
   * @param max the number of permits, 1 or more
   */
  static PermitGroup ofSmall(int max) {
    return new PermitGroup(max, max - max / 4, List.of(), 0);
  }

  /**
   * Creates the group of the classes of bulk requests.
   *
   * @param max the number of permits, 1 or more
   */
  static PermitGroup ofBulk(int max, List<RequestClass> classes) {
    return new PermitGroup(
        max, Math.max(1, max / BULK_SHARE_DIVISOR), classes, max / BULK_RESERVE_DIVISOR);
  }

  int maxPerClient() {
    return maxPerClient;
  }

  /** Returns whether all permits are in use. */
  boolean isFull() {
    return running >= max;
  }

  /** Returns whether a permit is free that is not reserved for another class. */
  boolean hasPermitFor(RequestClass requestClass) {
    int reserved =
        classes.stream()
            .filter(other -> other != requestClass)
            .mapToInt(other -> Math.max(0, reserve - runningByClass.getOrDefault(other, 0)))
            .sum();
    return running + reserved < max;
  }

  /**
   * Returns whether one more request of a client may run.
   *
   * @param client {@code null} if it is not known
   */
  boolean hasShareFor(@Nullable Object client) {
    return client == null || runningByClient.getOrDefault(client, 0) < maxPerClient;
  }

  /** Counts a request that starts. */
  void start(RequestClass requestClass, @Nullable Object client) {
    count(requestClass, 1);
    countClient(client, 1);
  }

  /** Counts a request that stops. */
  void stop(RequestClass requestClass, @Nullable Object client) {
    count(requestClass, -1);
    countClient(client, -1);
  }

  /** Counts a running request whose client has become known. */
  void assign(Object client) {
    countClient(client, 1);
  }

  private void count(RequestClass requestClass, int change) {
    running += change;
    runningByClass.merge(requestClass, change, Integer::sum);
  }

  private void countClient(@Nullable Object client, int change) {
    if (client != null) {
      runningByClient.merge(client, change, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  /** Returns the rejection of a request for which no permit is free. */
  Problem overloaded() {
    return Problem.of(
        ProblemKind.OVERLOADED,
        "The request was not processed. At most "
            + (max - reserve * Math.max(0, classes.size() - 1))
            + " requests of this kind run at the same time; retry later.");
  }
}
