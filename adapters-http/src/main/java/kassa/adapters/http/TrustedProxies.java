package kassa.adapters.http;

import java.util.List;
import kassa.adapters.http.jetty.IpNetwork;
import kassa.adapters.http.jetty.TrustedProxyCustomizer;

/**
 * The proxies that are trusted: of a request that one of them passes on, {@code X-Forwarded-For}
 * says who sent it, and {@code X-Forwarded-Proto} whether that was over TLS.
 *
 * @param networks IP addresses, or networks such as {@code 10.0.0.0/8}; none if empty
 */
public record TrustedProxies(List<String> networks) {

  /**
   * @throws IllegalArgumentException if one of them is neither
   */
  public TrustedProxies {
    networks = List.copyOf(networks);
    networks.forEach(IpNetwork::parse);
  }

  TrustedProxyCustomizer toCustomizer() {
    return new TrustedProxyCustomizer(networks.stream().map(IpNetwork::parse).toList());
  }
}
