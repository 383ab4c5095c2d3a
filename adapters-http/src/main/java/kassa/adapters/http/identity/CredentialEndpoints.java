package kassa.adapters.http.identity;

import io.javalin.http.Context;
import java.time.Duration;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;

/** What the calls that deal with passwords and tokens have in common. */
final class CredentialEndpoints {

  /** The most bytes of a body: 16 KiB. */
  static final int MAX_BODY_BYTES = 1 << 14;

  private CredentialEndpoints() {}

  /**
   * An answer that is kept for a key would be a token in the database, and the body beside it a
   * hash of a password that is quickly tried.
   *
   * @throws ProblemException if the request has a key
   */
  static void refuseIdempotencyKey(Context context) {
    IdempotencyFilter.refuseKey(
        context, "nothing that holds a secret is kept; leave the header out");
  }

  /** Somebody tried too often. */
  static ProblemException tooManyAttempts(Context context, Duration retryAfter) {
    context.header("Retry-After", Long.toString(Responses.toHeaderSeconds(retryAfter)));
    return new ProblemException(
        ProblemKind.TOO_MANY_ATTEMPTS,
        "Nothing was looked at. Retry-After says when to try again.");
  }

  /** Too many passwords are being looked at. */
  static ProblemException hashingOverloaded() {
    return new ProblemException(
        ProblemKind.OVERLOADED, "Nothing was done. Many passwords are being looked at.");
  }

  /** A password is one of the commonest. */
  static ProblemException passwordTooCommon(String pointer) {
    return invalidValue(
        pointer, "too_common", "the password is one of the commonest, which are tried first");
  }

  /** One value of the body is not allowed. */
  static ProblemException invalidValue(String pointer, String code, String detail) {
    Faults faults = new Faults();
    faults.invalid(pointer, code, detail);
    return new ProblemException(Problem.of(faults));
  }
}
