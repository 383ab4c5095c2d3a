package kassa.adapters.http.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import kassa.adapters.http.request.IpNetwork;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Limit of connections for each remote address, so that one address cannot take all connections.
 *
 * <p>Beyond it a connection of the same address is closed at once: the oldest one without a
 * request, otherwise the one whose request waits longest for its client, otherwise the new one. So
 * a new client behind a shared address is served, even while another client holds idle connections.
 * All addresses of an IPv6 network of 64 bits count as one. See docs/decisions/0132. Thread-safe.
 */
public final class AddressConnectionLimit {

  private final int max;
  private final Predicate<InetAddress> exempt;
  private final ActiveRequests activeRequests;
  private final ConcurrencyLimiter limiter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<IpNetwork, Set<EndPoint>> endPoints = new HashMap<>();

  /**
   * @param max maximum number of connections of one address
   * @param exempt addresses without a limit: trusted proxies
   */
  public AddressConnectionLimit(
      int max,
      Predicate<InetAddress> exempt,
      ActiveRequests activeRequests,
      ConcurrencyLimiter limiter) {
    this.max = max;
    this.exempt = exempt;
    this.activeRequests = activeRequests;
    this.limiter = limiter;
  }

  /** Counts a new connection, and closes one if its address has too many. */
  void opened(EndPoint endPoint) {
    IpNetwork client = clientOf(endPoint);
    if (client == null) {
      return;
    }
    EndPoint excess = count(endPoint, client);
    if (excess != null) {
      excess.close();
    }
  }

  /** Returns the connection to close; {@code null} for none. */
  private @Nullable EndPoint count(EndPoint endPoint, IpNetwork client) {
    lock.lock();
    try {
      Set<EndPoint> own = endPoints.computeIfAbsent(client, unknown -> new LinkedHashSet<>());
      EndPoint idle = own.size() < max ? null : firstWithoutRequest(own);
      if (own.size() >= max && idle == null && !limiter.closeWaitingConnection(client::contains)) {
        return endPoint;
      }
      own.add(endPoint);
      if (idle != null) {
        own.remove(idle);
      }
      return idle;
    } finally {
      lock.unlock();
    }
  }

  void closed(EndPoint endPoint) {
    IpNetwork client = clientOf(endPoint);
    if (client == null) {
      return;
    }
    lock.lock();
    try {
      endPoints.computeIfPresent(
          client,
          (same, own) -> {
            own.remove(endPoint);
            return own.isEmpty() ? null : own;
          });
    } finally {
      lock.unlock();
    }
  }

  private @Nullable EndPoint firstWithoutRequest(Set<EndPoint> own) {
    for (EndPoint endPoint : own) {
      Connection connection = ActiveRequests.connectionOf(endPoint);
      if (connection == null || !activeRequests.isActive(connection)) {
        return endPoint;
      }
    }
    return null;
  }

  /** Returns the address or IPv6 network that a connection counts for; {@code null} for none. */
  private @Nullable IpNetwork clientOf(EndPoint endPoint) {
    return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
            && !exempt.test(remote.getAddress())
        ? IpNetwork.ofClient(remote.getAddress())
        : null;
  }
}
