package kassa.adapters.http;

/**
 * Configuration of the server that depends on where it runs.
 *
 * @param listen the address that the server listens on
 * @param limits limits of concurrent requests and connections
 * @param trustedProxies proxies whose {@code X-Forwarded-*} headers are used
 * @param corsOrigins origins whose pages may call the API
 */
public record HttpConfig(
    ListenConfig listen,
    HttpLimits limits,
    TrustedProxies trustedProxies,
    CorsOrigins corsOrigins) {}
