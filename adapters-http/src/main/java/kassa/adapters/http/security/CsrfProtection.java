package kassa.adapters.http.security;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what pages of other sites send: a browser adds the cookie to their requests by itself.
 * Where the browser says nothing of the page, the request is refused as well. See
 * docs/decisions/0099.
 */
public final class CsrfProtection {

  /** These change nothing (RFC 9110, 9.2.1). */
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

  /** The page is one of ours, or the user typed the address. */
  private static final Set<String> SAME_ORIGIN_SITES = Set.of("same-origin", "none");

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private CsrfProtection() {}

  /**
   * For a request that shows a cookie.
   *
   * @throws ProblemException unless it changes nothing or comes from a page of this server
   */
  static void requireSameOrigin(Context context) {
    if (!SAFE_METHODS.contains(context.req().getMethod()) && !isSameOrigin(context, false)) {
      throw csrfRejected();
    }
  }

  /**
   * For a request that would be given a cookie. No page is no danger here.
   *
   * @throws ProblemException if it comes from a page of another site
   */
  public static void refuseOtherOrigins(Context context) {
    if (!isSameOrigin(context, true)) {
      throw csrfRejected();
    }
  }

  private static boolean isSameOrigin(Context context, boolean ifUnknown) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null) {
      return SAME_ORIGIN_SITES.contains(site);
    }
    String origin = context.header("Origin");
    return origin == null ? ifUnknown : isSameOrigin(origin, context.req());
  }

  private static boolean isSameOrigin(String origin, HttpServletRequest request) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String authority = stripScheme("https://", lower);
    // Behind a proxy that ends TLS, pages are of https and requests are not.
    if (authority == null && !request.isSecure()) {
      authority = stripScheme("http://", lower);
    }
    String name = request.getServerName().toLowerCase(Locale.ROOT);
    int port = request.getServerPort();
    boolean isDefault = port == HTTP_PORT || port == HTTPS_PORT;
    return authority != null
        && (authority.equals(name + ":" + port) || (isDefault && authority.equals(name)));
  }

  private static @Nullable String stripScheme(String scheme, String origin) {
    return origin.startsWith(scheme) ? origin.substring(scheme.length()) : null;
  }

  private static ProblemException csrfRejected() {
    return new ProblemException(
        ProblemKind.CSRF_REJECTED,
        "With the cookie, only pages of this server may change anything; nothing was done.");
  }
}
