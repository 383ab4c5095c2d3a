package kassa.adapters.http.jetty;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that something comes on, but never the whole of a request: headers or a
 * handshake of TLS a byte at a time. The framework closes those alone on which nothing comes.
 *
 * <p>All connections are looked at from time to time, so that a request costs next to nothing more.
 * Those on which a request is under way are let be: its body has limits of its own.
 */
public final class SlowConnectionTimeouts extends Handler.Wrapper {

  /** How often connections are looked at while the longest time for headers passes. */
  private static final int CHECKS_PER_TIMEOUT = 10;

  private final Timeouts timeouts;
  private final Map<Connection, Integer> activeRequests = new ConcurrentHashMap<>();

  /** What was seen the last time; for the one look that goes on at a time. */
  private Map<EndPoint, ConnectionActivity> lastActivity = Map.of();

  /**
   * How long is waited for what does not come, to a tenth of {@code head}.
   *
   * @param idle how long a connection may be silent; over HTTP/2 also, how long one may be used for
   *     anything but requests
   * @param requestHead how long a handshake of TLS may take, and over HTTP/1.1 the headers of a
   *     request from their first byte on
   */
  public record Timeouts(Duration idle, Duration requestHead) {}

  /**
   * A connection on which no request is under way.
   *
   * @param requests how many there have been
   * @param bytes how many had come when nothing of another one had
   * @param since when that was
   */
  private record ConnectionActivity(long requests, long bytes, long since) {}

  public SlowConnectionTimeouts(Handler handler, Timeouts timeouts) {
    super(handler);
    this.timeouts = timeouts;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    scheduleCheck();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    activeRequests.merge(connection, 1, Integer::sum);
    Request.addCompletionListener(request, failure -> requestCompleted(connection));
    return super.handle(request, response, callback);
  }

  private void requestCompleted(Connection connection) {
    activeRequests.computeIfPresent(connection, (same, count) -> count == 1 ? null : count - 1);
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
    scheduleCheck();
  }

  private void check(EndPoint endPoint, long now, Map<EndPoint, ConnectionActivity> activities) {
    Connection connection = unwrapTls(endPoint);
    // Soon after it is accepted it has none.
    if (connection == null || activeRequests.containsKey(connection)) {
      return;
    }
    ConnectionActivity current = updateActivity(connection, lastActivity.get(endPoint), now);
    if (now - current.since() > timeoutOf(connection).toNanos()) {
      endPoint.close();
    } else {
      activities.put(endPoint, current);
    }
  }

  private static @Nullable Connection unwrapTls(EndPoint endPoint) {
    return endPoint.getConnection() instanceof SslConnection tls
        ? tls.getSslEndPoint().getConnection()
        : endPoint.getConnection();
  }

  private static ConnectionActivity updateActivity(
      Connection connection, @Nullable ConnectionActivity previous, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (previous == null || previous.requests() != requests) {
      return new ConnectionActivity(requests, requests == 0 ? 0 : bytes, now);
    }
    // The framework itself closes those on which nothing comes, but for what is not finished yet.
    boolean isSilent = previous.bytes() == bytes && !isHandshaking(connection);
    return isSilent ? new ConnectionActivity(requests, bytes, now) : previous;
  }

  private Duration timeoutOf(Connection connection) {
    return connection instanceof HTTP2Connection ? timeouts.idle() : timeouts.requestHead();
  }

  /** Whether it is still to be found out how those who connected by TLS want to talk. */
  private static boolean isHandshaking(Connection connection) {
    return connection instanceof NegotiatingServerConnection;
  }
}
