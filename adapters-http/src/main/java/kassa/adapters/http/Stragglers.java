package kassa.adapters.http;

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
final class Stragglers extends Handler.Wrapper {

  /** How often connections are looked at while the longest time for headers passes. */
  private static final int LOOKS = 10;

  private final Patience patience;
  private final Map<Connection, Integer> underWay = new ConcurrentHashMap<>();

  /** What was seen the last time; for the one look that goes on at a time. */
  private Map<EndPoint, Waiting> seen = Map.of();

  /**
   * How long is waited for what does not come, to a tenth of {@code head}.
   *
   * @param silence how long a connection may be silent; over HTTP/2 also, how long one may be used
   *     for anything but requests
   * @param head how long a handshake of TLS may take, and over HTTP/1.1 the headers of a request
   *     from their first byte on
   */
  record Patience(Duration silence, Duration head) {}

  /**
   * A connection on which no request is under way.
   *
   * @param requests how many there have been
   * @param bytes how many had come when nothing of another one had
   * @param since when that was
   */
  private record Waiting(long requests, long bytes, long since) {}

  Stragglers(Handler handler, Patience patience) {
    super(handler);
    this.patience = patience;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    lookAgainLater();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    underWay.merge(connection, 1, Integer::sum);
    Request.addCompletionListener(request, failure -> end(connection));
    return super.handle(request, response, callback);
  }

  private void end(Connection connection) {
    underWay.computeIfPresent(connection, (same, count) -> count == 1 ? null : count - 1);
  }

  private void lookAgainLater() {
    long pause = patience.head().dividedBy(LOOKS).toMillis();
    getServer().getScheduler().schedule(this::look, pause, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!isRunning()) {
      return;
    }
    long now = System.nanoTime();
    Map<EndPoint, Waiting> waiting = new HashMap<>();
    for (Connector connector : getServer().getConnectors()) {
      for (EndPoint endPoint : connector.getConnectedEndPoints()) {
        look(endPoint, now, waiting);
      }
    }
    seen = waiting;
    lookAgainLater();
  }

  private void look(EndPoint endPoint, long now, Map<EndPoint, Waiting> waiting) {
    Connection connection = innermost(endPoint);
    // Soon after it is accepted it has none.
    if (connection == null || underWay.containsKey(connection)) {
      return;
    }
    Waiting still = waiting(connection, seen.get(endPoint), now);
    if (now - still.since() > longest(connection).toNanos()) {
      endPoint.close();
    } else {
      waiting.put(endPoint, still);
    }
  }

  private static @Nullable Connection innermost(EndPoint endPoint) {
    return endPoint.getConnection() instanceof SslConnection tls
        ? tls.getSslEndPoint().getConnection()
        : endPoint.getConnection();
  }

  private static Waiting waiting(Connection connection, @Nullable Waiting before, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (before == null || before.requests() != requests) {
      return new Waiting(requests, requests == 0 ? 0 : bytes, now);
    }
    // The framework itself closes those on which nothing comes, but for what is not finished yet.
    boolean isSilent = before.bytes() == bytes && !isHandshake(connection);
    return isSilent ? new Waiting(requests, bytes, now) : before;
  }

  private Duration longest(Connection connection) {
    return connection instanceof HTTP2Connection ? patience.silence() : patience.head();
  }

  /** Whether it is still to be found out how those who connected by TLS want to talk. */
  private static boolean isHandshake(Connection connection) {
    return connection instanceof NegotiatingServerConnection;
  }
}
