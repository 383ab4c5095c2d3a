package kassa.adapters.http.routing;

import static java.util.stream.Collectors.groupingBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Requests that wait for their client without a permit: for the rest of the body, or until the
 * client has read the response. Beyond a maximum one of them is aborted (eviction). Not
 * thread-safe.
 */
final class WaitingRequests {

  /** Stands for the size of the response while the body of the request arrives. */
  static final int NO_RESPONSE = -1;

  private final int max;

  /** In the order in which they began to wait. */
  private final Map<Permit, Wait> waits = new LinkedHashMap<>();

  /**
   * @param max the maximum number of waiting requests
   */
  WaitingRequests(int max) {
    this.max = max;
  }

  /**
   * Wait of one request.
   *
   * @param since the time at which it began, in nanoseconds
   * @param responseBytes the size of the response, or {@link #NO_RESPONSE}
   */
  private record Wait(long since, int responseBytes) {

    boolean isTooSlow(long now, Duration timeout) {
      Duration allowed =
          timeout.plusMillis(responseBytes * 1_000L / WritePace.MIN_BYTES_PER_SECOND);
      return responseBytes != NO_RESPONSE && now - since > allowed.toNanos();
    }
  }

  /**
   * Adds a request, or starts the time of its wait again.
   *
   * @param responseBytes size of the response, which determines how long its client may take; or
   *     {@link #NO_RESPONSE}
   */
  void add(Permit permit, int responseBytes) {
    waits.put(permit, new Wait(System.nanoTime(), responseBytes));
    if (waits.size() > max) {
      requestToEvict().ifPresent(this::abort);
    }
  }

  void remove(Permit permit) {
    waits.remove(permit);
  }

  /**
   * Returns the longest waiting request of the address, or IPv6 network of 64 bits, with the most
   * of them.
   */
  private Optional<Permit> requestToEvict() {
    return waits.keySet().stream().collect(groupingBy(Permit::networkOfClient)).values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(List::getFirst);
  }

  /**
   * Closes the connection of the longest waiting request among the connections of an address.
   *
   * @return whether there was one
   */
  boolean closeConnection(Predicate<InetAddress> address) {
    Optional<Permit> longest =
        waits.keySet().stream().filter(permit -> permit.isFrom(address)).findFirst();
    longest.ifPresent(permit -> {
      remove(permit);
      permit.closeConnection();
    });
    return longest.isPresent();
  }

  /**
   * Aborts the requests whose clients read their response too slowly.
   *
   * @param now the time in nanoseconds
   * @param timeout how long a small response may take
   */
  void abortSlow(long now, Duration timeout) {
    waits.entrySet().stream()
        .filter(wait -> wait.getValue().isTooSlow(now, timeout))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::abort);
  }

  /** Aborts a request, which need not wait. */
  void abort(Permit permit) {
    remove(permit);
    permit.abort();
  }
}
