package kassa.adapters.http.jetty;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Protection against slowloris: closes connections that send request headers or a TLS handshake too
 * slowly, a few bytes at a time. The idle timeout of Jetty only closes connections without any
 * data.
 *
 * <p>A periodic task checks all connections, so that the cost per request is small. Connections
 * with an active request are skipped, because the request body has its own timeout. Thread-safe.
 *
 * <p>Looked at in Jetty 12.1: {@code MinimumDataRateHandler} measures bodies only, {@code
 * LowResourceMonitor} shortens idle timeouts, which a byte now and then avoids, and {@code
 * NetworkConnectionLimit} and {@code AcceptRateLimit} count connections without regard to their
 * progress.
 */
public final class SlowConnectionTimeouts extends Handler.Wrapper {

  /** Number of checks per request head timeout. */
  private static final int CHECKS_PER_TIMEOUT = 10;

  private final Timeouts timeouts;
  private final ConcurrencyLimiter limiter;
  private final ActiveRequests activeRequests;

  /** Activity at the last check. Only one check runs at a time. */
  private Map<EndPoint, ConnectionActivity> lastActivity = Map.of();

  /**
   * Timeouts of connections, with a resolution of a tenth of {@code requestHead}.
   *
   * @param idle timeout of a connection without data; over HTTP/2 also of a connection with data
   *     but without requests; the timeout of a small response that its client does not read
   * @param requestHead timeout of a TLS handshake and, over HTTP/1.1, of the request headers from
   *     their first byte on
   */
  public record Timeouts(Duration idle, Duration requestHead) {}

  /**
   * Activity of a connection without an active request.
   *
   * @param requests number of requests so far
   * @param bytes number of received bytes before the next request started
   * @param since time of that state, in nanoseconds of {@link System#nanoTime}
   */
  private record ConnectionActivity(long requests, long bytes, long since) {}

  public SlowConnectionTimeouts(
      Handler handler,
      Timeouts timeouts,
      ConcurrencyLimiter limiter,
      ActiveRequests activeRequests) {
    super(handler);
    this.limiter = limiter;
    this.timeouts = timeouts;
    this.activeRequests = activeRequests;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    scheduleCheck();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    activeRequests.add(request);
    return super.handle(request, response, callback);
  }

  private void scheduleCheck() {
    long pause = timeouts.requestHead().dividedBy(CHECKS_PER_TIMEOUT).toMillis();
    getServer().getScheduler().schedule(this::check, pause, TimeUnit.MILLISECONDS);
  }

  private void check() {
    if (!isRunning()) {
      return;
    }
    long now = System.nanoTime();
    Map<EndPoint, ConnectionActivity> activities = new HashMap<>();
    for (Connector connector : getServer().getConnectors()) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        check(endPoint, now, activities);
      }
    }
    lastActivity = activities;
    limiter.abortSlowResponses(timeouts.idle());
    scheduleCheck();
  }

  private void check(EndPoint endPoint, long now, Map<EndPoint, ConnectionActivity> activities) {
    Connection connection = ActiveRequests.connectionOf(endPoint);
    // An end point that was just accepted has no connection yet.
    if (connection == null || activeRequests.isActive(connection)) {
      return;
    }
    ConnectionActivity current = updateActivity(connection, lastActivity.get(endPoint), now);
    if (now - current.since() > timeoutOf(connection).toNanos()) {
      endPoint.close();
    } else {
      activities.put(endPoint, current);
    }
  }

  private static ConnectionActivity updateActivity(
      Connection connection, @Nullable ConnectionActivity previous, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (previous == null || previous.requests() != requests) {
      return new ConnectionActivity(requests, requests == 0 ? 0 : bytes, now);
    }
    // Jetty closes idle connections itself, except during an unfinished handshake.
    boolean isSilent = previous.bytes() == bytes && !isHandshaking(connection);
    return isSilent ? new ConnectionActivity(requests, bytes, now) : previous;
  }

  private Duration timeoutOf(Connection connection) {
    return connection instanceof HTTP2Connection ? timeouts.idle() : timeouts.requestHead();
  }

  /** Returns whether the protocol negotiation (ALPN) after the TLS connect is unfinished. */
  private static boolean isHandshaking(Connection connection) {
    return connection instanceof NegotiatingServerConnection;
  }
}
