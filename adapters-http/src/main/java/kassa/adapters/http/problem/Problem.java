package kassa.adapters.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kassa.domain.json.Violation;
import kassa.domain.json.Violations;

/**
 * Error of one request: its kind, a detail text and the violations. Immutable.
 *
 * @param kind the kind of problem
 * @param detail what is wrong with this request and what the client can do
 * @param violations the violations in the request; empty if the request itself is valid
 * @param extensions extension members of RFC 9457 by name, in output order; may be empty
 */
public record Problem(
    ProblemKind kind,
    String detail,
    List<RequestViolation> violations,
    Map<String, Object> extensions) {

  /** Returns a problem with one extension member. */
  public static Problem withExtension(ProblemKind kind, String detail, String name, Object value) {
    return new Problem(kind, detail, List.of(), Map.of(name, value));
  }

  /** Returns the same problem with one more extension member. */
  public Problem plusExtension(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(extensions);
    more.put(name, value);
    return new Problem(kind, detail, violations, more);
  }

  /** Returns a problem without violations and extension members. */
  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, List.of(), Map.of());
  }

  /**
   * Returns the problem of a body with violations: {@link ProblemKind#INVALID_REQUEST} if one of
   * them is malformed, otherwise {@link ProblemKind#INVALID_VALUE}.
   */
  public static Problem of(Violations violations) {
    List<Violation> reported = violations.reported();
    return withViolations(
        reported.stream().anyMatch(Violation::isMalformed)
            ? ProblemKind.INVALID_REQUEST
            : ProblemKind.INVALID_VALUE,
        reported.stream().<RequestViolation>map(Problem::toBodyViolation).toList());
  }

  /** Returns the problem of a request with violations in its query string or its headers. */
  public static Problem invalidRequest(List<RequestViolation> violations) {
    return withViolations(ProblemKind.INVALID_REQUEST, violations);
  }

  /** Converts the problem to the response body for the request with this id. */
  public ProblemResponse toResponse(String requestId) {
    return new ProblemResponse(
        kind.type(),
        kind.title(),
        kind.status(),
        kind.code(),
        detail,
        violations,
        requestId,
        extensions);
  }

  private static Problem withViolations(ProblemKind kind, List<RequestViolation> violations) {
    int count = violations.size();
    String detail =
        count == 1
            ? "The request contains 1 error, listed in errors."
            : "The request contains " + count + " errors, listed in errors.";
    return new Problem(kind, detail, violations, Map.of());
  }

  private static RequestViolation.Body toBodyViolation(Violation violation) {
    return new RequestViolation.Body(violation.pointer(), violation.code(), violation.detail());
  }
}
