package kassa.adapters.http;

import io.javalin.http.Context;
import java.time.Duration;
import kassa.adapters.http.json.Faults;

/** What the calls that deal with passwords and tokens have in common. */
final class Secrecy {

  /** The most bytes of a body: 16 KiB. */
  static final int LARGEST_BODY = 1 << 14;

  private Secrecy() {}

  /**
   * An answer that is kept for a key would be a token in the database, and the body beside it a
   * hash of a password that is quickly tried.
   *
   * @throws ProblemException if the request has a key
   */
  static void refuseKey(Context context) {
    Idempotency.refuseKey(context, "nothing that holds a secret is kept; leave the header out");
  }

  /** Somebody tried too often. */
  static ProblemException throttled(Context context, Duration retryAfter) {
    context.header("Retry-After", Long.toString(Answers.seconds(retryAfter)));
    return new ProblemException(
        ProblemKind.THROTTLED, "Nothing was looked at. Retry-After says when to try again.");
  }

  /** Too many passwords are being looked at. */
  static ProblemException busy() {
    return new ProblemException(
        ProblemKind.OVERLOADED, "Nothing was done. Many passwords are being looked at.");
  }

  /** A password is one of the commonest. */
  static ProblemException tooCommon(String pointer) {
    return refused(
        pointer, "too_common", "the password is one of the commonest, which are tried first");
  }

  /** One value of the body is not allowed. */
  static ProblemException refused(String pointer, String code, String detail) {
    Faults faults = new Faults();
    faults.invalid(pointer, code, detail);
    return new ProblemException(Problem.of(faults));
  }
}
