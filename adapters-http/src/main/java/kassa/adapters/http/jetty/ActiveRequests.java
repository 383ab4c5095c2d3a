package kassa.adapters.http.jetty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Which connections have a request that is not complete. Thread-safe. */
public final class ActiveRequests {

  private final Map<Connection, Integer> requests = new ConcurrentHashMap<>();

  /** Counts a request until it is complete. */
  void add(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    requests.merge(connection, 1, Integer::sum);
    Request.addCompletionListener(request, failure -> remove(connection));
  }

  private void remove(Connection connection) {
    requests.computeIfPresent(connection, (same, count) -> count == 1 ? null : count - 1);
  }

  boolean isActive(Connection connection) {
    return requests.containsKey(connection);
  }

  /** Returns the HTTP connection of an end point; {@code null} if it was just accepted. */
  static @Nullable Connection connectionOf(EndPoint endPoint) {
    return endPoint.getConnection() instanceof SslConnection tls
        ? tls.getSslEndPoint().getConnection()
        : endPoint.getConnection();
  }
}
