package kassa.adapters.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Believes proxies that are trusted who is behind them, and nobody else. All that asks a request
 * for its address, or whether it came over TLS, is told so. See docs/decisions/0114.
 */
final class Forwarding implements HttpConfiguration.Customizer {

  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";

  /** Some write the port behind the address, and brackets around one of IPv6. */
  private static final Pattern HOP =
      Pattern.compile("\\[(?<six>[^\\]]*)\\](?::[0-9]{1,5})?|(?<four>[0-9.]+):[0-9]{1,5}");

  private final List<Network> proxies;

  Forwarding(List<Network> proxies) {
    this.proxies = proxies;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    InetSocketAddress peer = peer(connection);
    if (peer == null || !isTrusted(peer.getAddress())) {
      return request;
    }
    InetAddress caller = caller(peer.getAddress(), values(request, FOR));
    boolean secure = request.isSecure() || isTls(values(request, PROTO));
    return new Forwarded(
        request,
        new Behind(connection, new InetSocketAddress(caller, peer.getPort()), secure),
        secure);
  }

  /**
   * Who sent a request that a trusted proxy passed on.
   *
   * @param hops who each proxy says it came from, the nearest to us last
   * @return the last that is no trusted proxy itself, or the first if all are; the peer if that
   *     cannot be read
   */
  private InetAddress caller(InetAddress peer, List<String> hops) {
    InetAddress caller = peer;
    for (String hop : hops.reversed()) {
      InetAddress address = address(hop);
      if (address == null) {
        return peer;
      }
      caller = address;
      if (!isTrusted(address)) {
        return caller;
      }
    }
    return caller;
  }

  private boolean isTrusted(InetAddress address) {
    return proxies.stream().anyMatch(network -> network.contains(address));
  }

  private static @Nullable InetSocketAddress peer(ConnectionMetaData connection) {
    return connection.getRemoteSocketAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address
        : null;
  }

  private static @Nullable InetAddress address(String hop) {
    Matcher matcher = HOP.matcher(hop);
    if (!matcher.matches()) {
      return Network.address(hop);
    }
    String six = matcher.group("six");
    return Network.address(six == null ? matcher.group("four") : six);
  }

  /** What the nearest proxy has seen or been told. */
  private static boolean isTls(List<String> protocols) {
    return !protocols.isEmpty() && protocols.getLast().equalsIgnoreCase("https");
  }

  /** The values of all headers of a name, one after the other. */
  private static List<String> values(Request request, String name) {
    List<String> values = new ArrayList<>();
    for (String line : request.getHeaders().getValuesList(name)) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }

  /** A request as its proxy tells of it. */
  private static final class Forwarded extends Request.Wrapper {

    private final ConnectionMetaData connection;
    private final boolean secure;

    Forwarded(Request request, ConnectionMetaData connection, boolean secure) {
      super(request);
      this.connection = connection;
      this.secure = secure;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }
  }

  /** The connection of the one behind the proxy. */
  private static final class Behind extends ConnectionMetaData.Wrapper {

    private final InetSocketAddress caller;
    private final boolean secure;

    Behind(ConnectionMetaData connection, InetSocketAddress caller, boolean secure) {
      super(connection);
      this.caller = caller;
      this.secure = secure;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return caller;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }
  }
}
