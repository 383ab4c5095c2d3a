package kassa.adapters.http.problem;

import java.util.List;
import java.util.Map;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.json.Faults;

/**
 * Why one request is not answered as it was meant to be.
 *
 * @param kind the kind of problem
 * @param detail what it is this time
 * @param violations all that is wrong with the request, if that is the problem
 * @param extensions extension members of RFC 9457 by name, in their order; empty if there are none
 */
public record Problem(
    ProblemKind kind, String detail, List<Fault> violations, Map<String, Object> extensions) {

  Problem(ProblemKind kind, String detail, List<Fault> faults) {
    this(kind, detail, faults, Map.of());
  }

  /** A problem with one extension member. */
  public static Problem withExtension(ProblemKind kind, String detail, String name, Object value) {
    return new Problem(kind, detail, List.of(), Map.of(name, value));
  }

  public static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, List.of());
  }

  /** The problem of a body that has these faults: malformed if one of them is. */
  public static Problem of(Faults faults) {
    return of(faults.found());
  }

  /** The problem of a request that has these faults: malformed if one of them is. */
  public static Problem of(List<Fault> found) {
    boolean malformed = found.stream().anyMatch(Fault::malformed);
    return new Problem(
        malformed ? ProblemKind.INVALID_REQUEST : ProblemKind.INVALID_VALUE,
        found.size() == 1 ? "One thing is wrong." : found.size() + " things are wrong.",
        found);
  }

  /** The problem as an answer to the request of this id. */
  public ProblemResponse toResponse(String requestId) {
    return new ProblemResponse(
        kind.type(),
        kind.title(),
        kind.status(),
        kind.code(),
        detail,
        violations.stream().map(Problem::toViolation).toList(),
        requestId,
        extensions);
  }

  private static ProblemResponse.Violation toViolation(Fault fault) {
    return switch (fault.place()) {
      case BODY -> new ProblemResponse.BodyViolation(fault.name(), fault.code(), fault.detail());
      case QUERY -> new ProblemResponse.QueryViolation(fault.name(), fault.code(), fault.detail());
      case HEADER ->
          new ProblemResponse.HeaderViolation(fault.name(), fault.code(), fault.detail());
    };
  }
}
