package kassa.adapters.http.security;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.domain.identity.Caller;

/**
 * Checks the credential of a long request again while the request lasts: a revoked key, an ended
 * session, a disabled user or a lost scope must not go on until the end of a stream. A check is a
 * look-up in the cache of tokens, so that it can be made for every order. Thread-safe. See
 * docs/decisions/0124.
 */
public final class CredentialCheck {

  private static final String ATTRIBUTE = "kassa.credential-check";

  private final Caller caller;
  private final Supplier<Optional<Caller>> authentication;

  private CredentialCheck(Caller caller, Supplier<Optional<Caller>> authentication) {
    this.caller = caller;
    this.authentication = authentication;
  }

  static void set(Context context, Caller caller, Supplier<Optional<Caller>> authentication) {
    context.attribute(ATTRIBUTE, new CredentialCheck(caller, authentication));
  }

  /** Returns the check of an authenticated request. */
  public static CredentialCheck of(Context context) {
    CredentialCheck check = context.attribute(ATTRIBUTE);
    if (check == null) {
      throw new IllegalStateException("the request is not authenticated");
    }
    return check;
  }

  /**
   * Checks that the credential still has the same caller, role and scopes as at the start.
   *
   * @throws ProblemException if it is not valid any more, or if the rights of the caller changed
   * @throws kassa.application.port.out.StoreUnavailableException if the store cannot be read
   */
  public void requireValid() {
    Caller now =
        authentication
            .get()
            .orElseThrow(() ->
                new ProblemException(
                    ProblemKind.UNAUTHENTICATED,
                    "The credential was revoked or expired while the request was running. Nothing"
                        + " was done after that."));
    if (!now.equals(caller)) {
      throw new ProblemException(
          ProblemKind.FORBIDDEN,
          "The role or scopes of the caller changed while the request was running. Nothing was"
              + " done after that; send the rest again.");
    }
  }
}
