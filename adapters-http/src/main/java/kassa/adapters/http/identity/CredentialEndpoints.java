package kassa.adapters.http.identity;

import io.javalin.http.Context;
import java.time.Duration;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.domain.json.Violations;

/**
 * Shared rules of the endpoints that handle passwords and tokens: no idempotency keys, password
 * errors.
 */
final class CredentialEndpoints {

  /** Maximum size of a body in bytes: 16 KiB. */
  static final int MAX_BODY_BYTES = 1 << 14;

  private CredentialEndpoints() {}

  /**
   * Rejects idempotency keys. A stored response would put a token into the database, and the stored
   * fingerprint would be a fast hash of a password, which is easy to guess.
   *
   * @throws ProblemException if the request has a key
   */
  static void refuseIdempotencyKey(Context context) {
    IdempotencyFilter.refuseKey(
        context, "requests and responses with secrets are not stored; omit the header");
  }

  /** Returns the problem of too many failed password attempts, and sets {@code Retry-After}. */
  static ProblemException tooManyAttempts(Context context, Duration retryAfter) {
    context.header("Retry-After", Long.toString(Responses.toHeaderSeconds(retryAfter)));
    return new ProblemException(
        ProblemKind.TOO_MANY_ATTEMPTS,
        "The password was not checked. Retry-After gives the wait in seconds.");
  }

  /** Returns the problem of too many concurrent password hashes. */
  static ProblemException hashingOverloaded() {
    return new ProblemException(
        ProblemKind.OVERLOADED,
        "The request was not processed. Too many passwords are being checked at the same time;"
            + " retry later.");
  }

  /** Returns the problem of a password on the list of common passwords. */
  static ProblemException passwordTooCommon(String pointer) {
    return invalidValue(
        pointer, "too_common", "the password is too common and easy to guess; choose another one");
  }

  /** Returns the problem of one invalid value in the body. */
  static ProblemException invalidValue(String pointer, String code, String detail) {
    Violations violations = new Violations();
    violations.addInvalid(pointer, code, detail);
    return new ProblemException(Problem.of(violations));
  }
}
