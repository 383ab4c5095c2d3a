package kassa.adapters.http.security;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.application.port.in.identity.Authenticate;
import kassa.domain.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates requests by a bearer token (session token or API key) in {@code Authorization}, or
 * else by the session cookie. See docs/decisions/0099.
 */
public final class RequestAuthenticator {

  /** Source: RFC 6750, 2.1; scheme names are case-insensitive (RFC 9110, 11.1). */
  private static final Pattern BEARER =
      Pattern.compile("bearer +([A-Za-z0-9._~+/-]+=*)", Pattern.CASE_INSENSITIVE);

  private final Authenticate authenticate;

  public RequestAuthenticator(Authenticate authenticate) {
    this.authenticate = authenticate;
  }

  /**
   * Authenticates a request and rejects anonymous ones. Stores the caller for {@link
   * CurrentCaller}.
   *
   * @throws ProblemException if there is no valid credential, or if the CSRF protection rejects the
   *     request
   */
  public void require(Context context) {
    Caller caller = callerOf(context);
    if (caller instanceof Caller.Anonymous) {
      throw new ProblemException(ProblemKind.UNAUTHENTICATED, CurrentCaller.UNAUTHENTICATED_DETAIL);
    }
    CurrentCaller.set(context, caller);
  }

  /**
   * Authenticates a request and accepts anonymous ones. Stores the caller for {@link
   * CurrentCaller}.
   *
   * @throws ProblemException if the CSRF protection rejects the request
   */
  public void identify(Context context) {
    CurrentCaller.set(context, callerOf(context));
  }

  private Caller callerOf(Context context) {
    String token = token(context);
    if (token == null) {
      return new Caller.Anonymous();
    }
    String address = CurrentCaller.address(context);
    Supplier<Optional<Caller>> authentication =
        () -> authenticate.authenticate(token).map(caller -> caller.withAddress(address));
    Optional<Caller> found = authentication.get();
    found.ifPresent(caller -> CredentialCheck.set(context, caller, authentication));
    return found.orElseGet(Caller.Anonymous::new);
  }

  /**
   * The header has priority over the cookie, even if the header is invalid: a request has at most
   * one credential.
   */
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

  /** Returns whether a request is authenticated by the session cookie. */
  public static boolean isByCookie(Context context) {
    return context.header("Authorization") == null && SessionCookie.read(context) != null;
  }
}
