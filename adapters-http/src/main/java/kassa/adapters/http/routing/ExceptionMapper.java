package kassa.adapters.http.routing;

import kassa.adapters.http.json.MalformedJsonException;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.out.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what problem an exception is to the one who sent the request, and logs the rest of it. */
public final class ExceptionMapper {

  private static final Logger LOG = LoggerFactory.getLogger(ExceptionMapper.class);

  private ExceptionMapper() {}

  /**
   * The problem that an exception is. What is no fault of the request is logged under its id, and
   * nothing of it is told.
   */
  public static Problem problemOf(Throwable failure, String requestId) {
    return switch (failure) {
      case ProblemException refused -> refused.problem();
      case MalformedJsonException malformed ->
          Problem.of(ProblemKind.MALFORMED_JSON, "No JSON: " + malformed.getMessage() + ".");
      case AccessDeniedException notAllowed -> CurrentCaller.toProblem(notAllowed);
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
