package kassa.adapters.http.jetty;

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
public final class TrustedProxyCustomizer implements HttpConfiguration.Customizer {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  /** Some write the port behind the address, and brackets around one of IPv6. */
  private static final Pattern HOP =
      Pattern.compile("\\[(?<six>[^\\]]*)\\](?::[0-9]{1,5})?|(?<four>[0-9.]+):[0-9]{1,5}");

  private final List<IpNetwork> proxies;

  public TrustedProxyCustomizer(List<IpNetwork> proxies) {
    this.proxies = proxies;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    ConnectionMetaData connection = request.getConnectionMetaData();
    InetSocketAddress peer = peer(connection);
    if (peer == null || !isTrusted(peer.getAddress())) {
      return request;
    }
    InetAddress caller = clientAddress(peer.getAddress(), values(request, FORWARDED_FOR));
    boolean secure = request.isSecure() || isTls(values(request, FORWARDED_PROTO));
    return new ForwardedRequest(
        request,
        new ForwardedConnection(connection, new InetSocketAddress(caller, peer.getPort()), secure),
        secure);
  }

  /**
   * Who sent a request that a trusted proxy passed on.
   *
   * @param hops who each proxy says it came from, the nearest to us last
   * @return the last that is no trusted proxy itself, or the first if all are; the peer if that
   *     cannot be read
   */
  private InetAddress clientAddress(InetAddress peer, List<String> hops) {
    InetAddress client = peer;
    for (String hop : hops.reversed()) {
      InetAddress address = parseHop(hop);
      if (address == null) {
        return peer;
      }
      client = address;
      if (!isTrusted(address)) {
        return client;
      }
    }
    return client;
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

  private static @Nullable InetAddress parseHop(String hop) {
    Matcher matcher = HOP.matcher(hop);
    if (!matcher.matches()) {
      return IpNetwork.parseAddress(hop);
    }
    String six = matcher.group("six");
    return IpNetwork.parseAddress(six == null ? matcher.group("four") : six);
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
  private static final class ForwardedRequest extends Request.Wrapper {

    private final ConnectionMetaData connection;
    private final boolean secure;

    ForwardedRequest(Request request, ConnectionMetaData connection, boolean secure) {
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
  private static final class ForwardedConnection extends ConnectionMetaData.Wrapper {

    private final InetSocketAddress clientAddress;
    private final boolean secure;

    ForwardedConnection(
        ConnectionMetaData connection, InetSocketAddress clientAddress, boolean secure) {
      super(connection);
      this.clientAddress = clientAddress;
      this.secure = secure;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return clientAddress;
    }

    @Override
    public boolean isSecure() {
      return secure;
    }
  }
}
