package kassa.adapters.http;

import kassa.adapters.http.json.MalformedJsonException;
import kassa.application.port.in.NotAllowedException;
import kassa.application.port.out.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what problem an exception is to the one who sent the request, and logs the rest of it. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * The problem that an exception is. What is no fault of the request is logged under its id, and
   * nothing of it is told.
   */
  static Problem problemOf(Throwable failure, String requestId) {
    return switch (failure) {
      case ProblemException refused -> refused.problem();
      case MalformedJsonException malformed ->
          Problem.of(ProblemKind.MALFORMED_JSON, "No JSON: " + malformed.getMessage() + ".");
      case NotAllowedException notAllowed -> Callers.refusal(notAllowed);
      case StoreUnavailableException unavailable -> {
        LOG.error("Request {} found the store unavailable", requestId, unavailable);
        yield Problem.of(
            ProblemKind.STORE_UNAVAILABLE,
            "Try again a little later. If an order was sent, look whether it is there first.");
      }
      default -> {
        LOG.error("Request {} broke", requestId, failure);
        yield Problem.of(
            ProblemKind.INTERNAL_ERROR, "The log of the server tells more, under the requestId.");
      }
    };
  }
}
