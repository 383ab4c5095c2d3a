package kassa.adapters.http;

import java.util.List;
import kassa.adapters.http.jetty.TrustedProxyCustomizer;
import kassa.adapters.http.request.IpNetwork;

/**
 * Trusted proxies: of their requests, {@code X-Forwarded-For} determines the client address, and
 * {@code X-Forwarded-Proto} whether the client uses TLS.
 *
 * @param networks IP addresses, or networks such as {@code 10.0.0.0/8}; empty for none
 */
public record TrustedProxies(List<String> networks) {

  /**
   * @throws IllegalArgumentException if an element is neither an IP address nor a network
   */
  public TrustedProxies {
    networks = List.copyOf(networks);
    networks.forEach(IpNetwork::parse);
  }

  TrustedProxyCustomizer toCustomizer() {
    return new TrustedProxyCustomizer(networks.stream().map(IpNetwork::parse).toList());
  }
}
