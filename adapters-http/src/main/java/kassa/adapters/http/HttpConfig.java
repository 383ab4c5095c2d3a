package kassa.adapters.http;

import java.time.Duration;
import javax.crypto.SecretKey;
import kassa.domain.money.AcceptedCurrencies;
import org.jspecify.annotations.Nullable;

/**
 * What the server has to know.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 to 65,535; any free one for 0
 * @param currencies the currencies that orders may be in
 * @param cursorKey seals the cursors; the same on all nodes and after each start
 * @param version the version of the program
 * @param limits how much is let in at once
 * @param stopTimeout how long requests that are under way may go on when the server is closed
 * @param tls what the server shows over TLS; plain HTTP without it
 * @param trustedProxies who is believed who sent what they pass on
 * @param corsOrigins whose pages may read answers in a browser
 */
public record HttpConfig(
    String host,
    int port,
    AcceptedCurrencies currencies,
    SecretKey cursorKey,
    String version,
    HttpLimits limits,
    Duration stopTimeout,
    @Nullable TlsConfig tls,
    TrustedProxies trustedProxies,
    CorsOrigins corsOrigins) {}
