package kassa.adapters.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import kassa.application.port.out.webhook.WebhookSender.UrlCheck;

/**
 * Decides which addresses webhooks may be sent to, so that no client can use Kassa to reach what
 * only Kassa can reach (server-side request forgery). Public addresses are allowed by TLS, others
 * only if the operator lists their network. A host is refused if one of its addresses is. Sources:
 * the registries of special-purpose addresses of IANA for IPv4 and IPv6.
 *
 * @param networks the networks that the operator lists
 * @param lookup looks a host up
 */
record AddressGuard(WebhookNetworks networks, HostLookup lookup) {

  private static final int IPV6_BYTES = 16;

  /** Networks of special purpose: parsed when the first address is checked, not at the start. */
  private static final class Networks {

    /** Everything that is not an address of the public internet, such as private networks. */
    static final WebhookNetworks SPECIAL_IPV4 =
        new WebhookNetworks(
            List.of(
                "0.0.0.0/8",
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.0.0.0/24",
                "192.0.2.0/24",
                "192.31.196.0/24",
                "192.52.193.0/24",
                "192.88.99.0/24",
                "192.168.0.0/16",
                "192.175.48.0/24",
                "198.18.0.0/15",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "224.0.0.0/4",
                "240.0.0.0/4"));

    /** All other addresses of IPv6 are local, multicast, reserved, or contain one of IPv4. */
    static final WebhookNetworks GLOBAL_IPV6 = new WebhookNetworks(List.of("2000::/3"));

    /** Teredo, benchmarks, ORCHID; documentation; 6to4, which contains an address of IPv4. */
    static final WebhookNetworks SPECIAL_IPV6 =
        new WebhookNetworks(
            List.of("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"));

    private Networks() {}
  }

  /** Returns all addresses of a host, or throws. */
  @FunctionalInterface
  interface HostLookup {

    InetAddress[] lookup(String host) throws UnknownHostException;
  }

  /** A host that must not be connected to. */
  static final class RefusedHostException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    private final UrlCheck reason;

    RefusedHostException(UrlCheck reason) {
      super(reason.name());
      this.reason = reason;
    }

    UrlCheck reason() {
      return reason;
    }
  }

  /**
   * Looks a host up once, and returns its addresses if all of them are allowed.
   *
   * @param isSecure whether TLS is used
   * @throws RefusedHostException if an address is not allowed, or if the host is unknown
   */
  List<InetAddress> resolve(String host, boolean isSecure) throws RefusedHostException {
    InetAddress[] addresses;
    try {
      addresses = lookup.lookup(host);
    } catch (UnknownHostException unknown) {
      addresses = new InetAddress[0];
    }
    if (addresses.length == 0) {
      throw new RefusedHostException(UrlCheck.UNKNOWN_HOST);
    }
    for (InetAddress address : addresses) {
      if (!networks.contains(address)) {
        if (!isPublic(address)) {
          throw new RefusedHostException(UrlCheck.ADDRESS_NOT_ALLOWED);
        }
        if (!isSecure) {
          throw new RefusedHostException(UrlCheck.HTTPS_REQUIRED);
        }
      }
    }
    return List.of(addresses);
  }

  /** Java makes IPv4 addresses of those that IPv6 only maps. */
  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == IPV6_BYTES
        ? Networks.GLOBAL_IPV6.contains(address)
            && !Networks.SPECIAL_IPV6.contains(address)
            && !isTunnel(bytes)
            && !address.isMulticastAddress()
        : !Networks.SPECIAL_IPV4.contains(address);
  }

  /** ISATAP: the second half is {@code 0:5efe} or {@code 200:5efe}, and an address of IPv4. */
  private static boolean isTunnel(byte[] bytes) {
    return (bytes[8] & 0xFD) == 0
        && bytes[9] == 0
        && bytes[10] == 0x5E
        && (bytes[11] & 0xFF) == 0xFE;
  }
}
