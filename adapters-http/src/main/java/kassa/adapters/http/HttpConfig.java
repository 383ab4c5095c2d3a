package kassa.adapters.http;

import org.jspecify.annotations.Nullable;

/**
 * Configuration of the server that depends on where it runs.
 *
 * @param listen the address that the server listens on
 * @param limits limits of concurrent requests and connections
 * @param trustedProxies proxies whose {@code X-Forwarded-*} headers are used
 * @param corsOrigins origins whose pages may call the API
 * @param management the address of the management port, without TLS; {@code null} for none
 * @param accessLog whether each request is logged
 */
public record HttpConfig(
    ListenConfig listen,
    HttpLimits limits,
    TrustedProxies trustedProxies,
    CorsOrigins corsOrigins,
    @Nullable ListenConfig management,
    boolean accessLog) {

  /** Configuration without a management port and an access log. */
  public HttpConfig(
      ListenConfig listen,
      HttpLimits limits,
      TrustedProxies trustedProxies,
      CorsOrigins corsOrigins) {
    this(listen, limits, trustedProxies, corsOrigins, null, false);
  }
}
