package kassa.adapters.telemetry.measured;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Durations of HTTP requests. Thread-safe. */
public final class RequestMetrics {

  /** Source: OpenTelemetry semantic conventions, {@code http.request.method}. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private static final String OTHER_METHOD = "_OTHER";

  private final LongAdder active = new LongAdder();
  private final Map<Series, Histogram> durations = new ConcurrentHashMap<>();

  /**
   * Requests with a histogram of their own. There are no more than routes, methods and statuses,
   * whatever clients send.
   *
   * @param method a known method, or {@code _OTHER}
   * @param route the path of the route, with {@code {name}} for parameters; empty for none
   * @param status the HTTP status
   */
  public record Series(String method, String route, int status) {}

  /** Counts a request that begins. */
  public void begin() {
    active.increment();
  }

  /**
   * Records a request that ends.
   *
   * @param method the method that the client sent
   * @param route the path of the route; empty for none
   */
  public void end(String method, String route, int status, long nanos) {
    active.decrement();
    durations
        .computeIfAbsent(
            new Series(METHODS.contains(method) ? method : OTHER_METHOD, route, status),
            series -> Histogram.ofRequests())
        .record(nanos);
  }

  /** Returns the number of requests that have begun and not ended. */
  public long active() {
    return active.sum();
  }

  /** Returns the durations in nanoseconds. */
  public Map<Series, Histogram> durations() {
    return Map.copyOf(durations);
  }
}
