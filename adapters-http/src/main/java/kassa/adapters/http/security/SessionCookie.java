package kassa.adapters.http.security;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that holds the token of a session, for pages of this server. No script can read it,
 * and no other host can set it. See docs/decisions/0099.
 */
public final class SessionCookie {

  /** Source: RFC 6265bis, 4.1.3.2: a browser takes it only with Secure, for this host alone. */
  static final String NAME = "__Host-kassa";

  /** Without TLS, browsers take no cookie that is Secure; on one's own computer there is none. */
  static final String NAME_ON_LOOPBACK = "kassa";

  private static final Set<String> LOOPBACK_HOSTS =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private SessionCookie() {}

  /**
   * The token in the cookie of a request.
   *
   * @return {@code null} if there is no such cookie, or if it stands there twice
   */
  static @Nullable String read(Context context) {
    List<String> values = new ArrayList<>(1);
    String name = cookieName(context);
    for (String header : Collections.list(context.req().getHeaders("Cookie"))) {
      for (String pair : header.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          values.add(pair.substring(equals + 1).strip());
        }
      }
    }
    return values.size() == 1 && !values.getFirst().isEmpty() ? values.getFirst() : null;
  }

  /** Gives the client a token. It keeps it until it is closed, or the session ends. */
  public static void set(Context context, String token) {
    context.res().addHeader("Set-Cookie", cookieName(context) + "=" + token + attributes(context));
  }

  /** Takes the token from the client. */
  public static void clear(Context context) {
    context
        .res()
        .addHeader("Set-Cookie", cookieName(context) + "=; Max-Age=0" + attributes(context));
  }

  private static String cookieName(Context context) {
    return isLoopbackWithoutTls(context) ? NAME_ON_LOOPBACK : NAME;
  }

  private static String attributes(Context context) {
    return (isLoopbackWithoutTls(context) ? "" : "; Secure")
        + "; Path=/; HttpOnly; SameSite=Strict";
  }

  /** By the host that the browser knows, which may be behind a proxy that ends TLS. */
  private static boolean isLoopbackWithoutTls(Context context) {
    return !context.req().isSecure()
        && LOOPBACK_HOSTS.contains(context.req().getServerName().toLowerCase(Locale.ROOT));
  }
}
