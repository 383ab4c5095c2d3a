package kassa.adapters.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what pages of other sites send: a browser adds the cookie to their requests by itself.
 * Where the browser says nothing of the page, the request is refused as well. See
 * docs/decisions/0099.
 */
final class SameSite {

  /** These change nothing (RFC 9110, 9.2.1). */
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  /** The page is one of ours, or the user typed the address. */
  private static final Set<String> OURS = Set.of("same-origin", "none");

  private static final int PORT_OF_HTTP = 80;
  private static final int PORT_OF_HTTPS = 443;

  private SameSite() {}

  /**
   * For a request that shows a cookie.
   *
   * @throws ProblemException unless it changes nothing or comes from a page of this server
   */
  static void require(Context context) {
    if (!SAFE.contains(context.req().getMethod()) && !isOurs(context, false)) {
      throw refused();
    }
  }

  /**
   * For a request that would be given a cookie. No page is no danger here.
   *
   * @throws ProblemException if it comes from a page of another site
   */
  static void refuseOthers(Context context) {
    if (!isOurs(context, true)) {
      throw refused();
    }
  }

  private static boolean isOurs(Context context, boolean ifNothingIsSaid) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null) {
      return OURS.contains(site);
    }
    String origin = context.header("Origin");
    return origin == null ? ifNothingIsSaid : isOurs(origin, context.req());
  }

  private static boolean isOurs(String origin, HttpServletRequest request) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String authority = behind("https://", lower);
    // Behind a proxy that ends TLS, pages are of https and requests are not.
    if (authority == null && !request.isSecure()) {
      authority = behind("http://", lower);
    }
    String name = request.getServerName().toLowerCase(Locale.ROOT);
    int port = request.getServerPort();
    boolean isDefault = port == PORT_OF_HTTP || port == PORT_OF_HTTPS;
    return authority != null
        && (authority.equals(name + ":" + port) || (isDefault && authority.equals(name)));
  }

  private static @Nullable String behind(String scheme, String origin) {
    return origin.startsWith(scheme) ? origin.substring(scheme.length()) : null;
  }

  private static ProblemException refused() {
    return new ProblemException(
        ProblemKind.CROSS_SITE,
        "With the cookie, only pages of this server may change anything; nothing was done.");
  }
}
