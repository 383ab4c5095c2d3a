package kassa.adapters.http.routing;

import java.util.List;
import java.util.Map;
import kassa.adapters.http.json.MalformedJsonException;
import kassa.adapters.http.memory.MemoryExhaustedException;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.OverloadedException;
import kassa.application.port.out.StoreReadOnlyException;
import kassa.application.port.out.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps exceptions to error responses (RFC 9457) and logs unexpected ones. */
public final class ExceptionMapper {

  private static final Logger LOG = LoggerFactory.getLogger(ExceptionMapper.class);

  private ExceptionMapper() {}

  /**
   * Returns the problem for an exception. Server errors are logged with the request id; their
   * details are not sent to the client.
   */
  public static Problem problemOf(Throwable failure, String requestId) {
    return switch (failure) {
      case ProblemException rejection -> rejection.problem();
      case MalformedJsonException malformed ->
          new Problem(
              ProblemKind.MALFORMED_JSON,
              "Cannot parse JSON: " + malformed.getMessage() + ".",
              malformed.repeatedName() == null
                  ? List.of()
                  : List.of(
                      new RequestViolation.Body(
                          malformed.repeatedName(),
                          "repeated",
                          "the name must occur once in its object")),
              Map.of());
      case OverloadedException overloaded ->
          Problem.of(
              ProblemKind.OVERLOADED,
              "The server has no room: " + overloaded.getMessage() + ". Nothing was done; retry.");
      case MemoryExhaustedException exhausted ->
          Problem.of(
              ProblemKind.OVERLOADED,
              "The request was not processed. " + exhausted.getMessage() + " Retry later.");
      case AccessDeniedException denied -> CurrentCaller.toProblem(denied);
      case StoreReadOnlyException readOnly -> {
        logUnavailable(readOnly, requestId);
        yield Problem.of(
            ProblemKind.READ_ONLY,
            "Nothing was stored. The database accepts only reads; retry later.");
      }
      case StoreUnavailableException unavailable -> {
        logUnavailable(unavailable, requestId);
        yield Problem.of(
            ProblemKind.STORE_UNAVAILABLE,
            "Retry later. If the request was to place an order, first check whether it exists.");
      }
      default -> {
        LOG.error("Request {} failed", requestId, failure);
        yield Problem.of(ProblemKind.INTERNAL_ERROR, "See the server log for this requestId.");
      }
    };
  }

  /** In one line without a stack trace: an outage fails many requests for the same reason. */
  private static void logUnavailable(StoreUnavailableException failure, String requestId) {
    LOG.warn("Request {} failed: {}", requestId, failure.reason());
  }
}
