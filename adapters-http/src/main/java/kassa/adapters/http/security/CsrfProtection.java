package kassa.adapters.http.security;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/**
 * CSRF protection: rejects cross-site requests with the session cookie, because a browser adds the
 * cookie to them by itself. Without {@code Sec-Fetch-Site} and {@code Origin} the request is
 * rejected as well. See docs/decisions/0099.
 */
public final class CsrfProtection {

  /** Methods that change nothing (RFC 9110, 9.2.1). */
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

  /** Values of {@code Sec-Fetch-Site}: a page of this server, or the user entered the URL. */
  private static final Set<String> SAME_ORIGIN_SITES = Set.of("same-origin", "none");

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private CsrfProtection() {}

  /**
   * Checks a request that is authenticated by the session cookie.
   *
   * @throws ProblemException if it can change something and does not come from a page of this
   *     server
   */
  static void requireSameOrigin(Context context) {
    if (!SAFE_METHODS.contains(context.req().getMethod()) && !isSameOrigin(context, false)) {
      throw csrfRejected();
    }
  }

  /**
   * Checks a request whose response sets the session cookie. Requests without origin information
   * are accepted, because they do not come from a page.
   *
   * @throws ProblemException if it comes from a page of another origin
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
    // Behind a proxy that terminates TLS, the page uses https and the request does not.
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
        "The request was not processed. Requests that use the session cookie must come from a page"
            + " of this server.");
  }
}
