package kassa.adapters.http.security;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.application.port.in.identity.Authenticate;
import kassa.domain.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request, by the token that it shows: in its header {@code Authorization}, or
 * else in the cookie of the session. See docs/decisions/0099.
 */
public final class RequestAuthenticator {

  /** Source: RFC 6750, 2.1; the name of a scheme has no case (RFC 9110, 11.1). */
  private static final Pattern BEARER =
      Pattern.compile("bearer +([A-Za-z0-9._~+/-]+=*)", Pattern.CASE_INSENSITIVE);

  private final Authenticate authenticate;

  public RequestAuthenticator(Authenticate authenticate) {
    this.authenticate = authenticate;
  }

  /**
   * Lets nobody pass of whom nothing is known, and notes who it is.
   *
   * @throws ProblemException if no credential is shown or it is no good, whatever the cause, or if
   *     a page of another site sent the request
   */
  public void require(Context context) {
    Caller caller = callerOf(context);
    if (caller instanceof Caller.Anonymous) {
      throw new ProblemException(ProblemKind.UNAUTHENTICATED, CurrentCaller.UNAUTHENTICATED_DETAIL);
    }
    CurrentCaller.set(context, caller);
  }

  /**
   * Notes who it is, if that is known.
   *
   * @throws ProblemException if a page of another site sent the request
   */
  public void identify(Context context) {
    CurrentCaller.set(context, callerOf(context));
  }

  private Caller callerOf(Context context) {
    String token = token(context);
    return token == null
        ? new Caller.Anonymous()
        : authenticate
            .authenticate(token)
            .map(caller -> caller.withAddress(CurrentCaller.address(context)))
            .orElseGet(Caller.Anonymous::new);
  }

  /** A header wins over a cookie, also if it is no good: there is one credential, or none. */
  private static @Nullable String token(Context context) {
    List<String> headers = Collections.list(context.req().getHeaders("Authorization"));
    if (!headers.isEmpty()) {
      Matcher bearer = BEARER.matcher(headers.getFirst());
      return headers.size() == 1 && bearer.matches() ? bearer.group(1) : null;
    }
    String cookie = SessionCookie.read(context);
    if (cookie != null) {
      CsrfProtection.requireSameOrigin(context);
    }
    return cookie;
  }

  /** Whether a request shows its token by the cookie. */
  public static boolean isByCookie(Context context) {
    return context.header("Authorization") == null && SessionCookie.read(context) != null;
  }
}
