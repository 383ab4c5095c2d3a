package kassa.adapters.http.jetty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.adapters.http.request.IpNetwork;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of trusted proxies: sets the client
 * address and the TLS flag of the request. The headers of all other peers are ignored. See
 * docs/decisions/0114. Jetty's {@code ForwardedRequestCustomizer} was looked at: it trusts every
 * peer and takes the first address of the header, which the client chooses.
 */
public final class TrustedProxyCustomizer implements HttpConfiguration.Customizer {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  /** Some proxies add a port to the address, and brackets to an IPv6 address. */
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
   * Returns the client address of a request from a trusted proxy.
   *
   * @param hops the addresses of {@code X-Forwarded-For}; the nearest proxy added the last one
   * @return the last address that is not a trusted proxy, or the first address if all are; the peer
   *     if an address is invalid
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

  /** Returns whether an address is a trusted proxy. */
  public boolean isTrusted(InetAddress address) {
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

  /** Returns whether the nearest proxy reports TLS: the last value counts. */
  private static boolean isTls(List<String> protocols) {
    return !protocols.isEmpty() && protocols.getLast().equalsIgnoreCase("https");
  }

  /** Returns the comma-separated values of all headers with a name, in their order. */
  private static List<String> values(Request request, String name) {
    List<String> values = new ArrayList<>();
    for (String line : request.getHeaders().getValuesList(name)) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }

  /** Request with the connection data of the client instead of the proxy. */
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

  /** Connection metadata with the address of the client behind the proxy. */
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
