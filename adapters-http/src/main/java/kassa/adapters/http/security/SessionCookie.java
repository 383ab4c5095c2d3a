package kassa.adapters.http.security;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Session cookie with the session token, for pages of this server. Scripts cannot read it
 * (HttpOnly), and other hosts cannot set it ({@code __Host-} prefix). See docs/decisions/0099.
 */
public final class SessionCookie {

  /**
   * Source: RFC 6265bis, 4.1.3.2: browsers accept the prefix only with Secure and for this host.
   */
  static final String NAME = "__Host-kassa";

  /**
   * Name without the prefix, for loopback addresses without TLS: browsers reject Secure cookies
   * there.
   */
  static final String NAME_ON_LOOPBACK = "kassa";

  private static final Set<String> LOOPBACK_HOSTS =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private SessionCookie() {}

  /**
   * Returns the session token in the cookie of a request.
   *
   * @return {@code null} if there is no such cookie, or more than one
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

  /** Sets the session cookie. The browser stores it until it is closed (no {@code Max-Age}). */
  public static void set(Context context, String token) {
    context.res().addHeader("Set-Cookie", cookieName(context) + "=" + token + attributes(context));
  }

  /** Deletes the session cookie in the browser. */
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

  /** Uses the host name that the browser sent; a proxy that terminates TLS can be in front. */
  private static boolean isLoopbackWithoutTls(Context context) {
    return !context.req().isSecure()
        && LOOPBACK_HOSTS.contains(context.req().getServerName().toLowerCase(Locale.ROOT));
  }
}
