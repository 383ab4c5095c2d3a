package kassa.adapters.http;

import java.util.List;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.message.ProblemResponse;
import kassa.adapters.http.message.QuoteResponse;
import org.jspecify.annotations.Nullable;

/**
 * Why one request is not answered as it was meant to be.
 *
 * @param kind the kind of problem
 * @param detail what it is this time
 * @param faults all that is wrong with the request, if that is the problem
 * @param quote what the cart costs, if the problem is about that
 * @param allowed what would be allowed, if the problem is that something is not
 * @param refundable what can be given back still, if the problem is that more was asked for
 */
record Problem(
    ProblemKind kind,
    String detail,
    List<Fault> faults,
    @Nullable QuoteResponse quote,
    @Nullable List<String> allowed,
    @Nullable String refundable) {

  Problem(ProblemKind kind, String detail, List<Fault> faults) {
    this(kind, detail, faults, null, null, null);
  }

  Problem(
      ProblemKind kind,
      String detail,
      List<Fault> faults,
      @Nullable QuoteResponse quote,
      @Nullable List<String> allowed) {
    this(kind, detail, faults, quote, allowed, null);
  }

  static Problem of(ProblemKind kind, String detail) {
    return new Problem(kind, detail, List.of());
  }

  /** The problem of a body that has these faults: malformed if one of them is. */
  static Problem of(Faults faults) {
    return of(faults.found());
  }

  /** The problem of a request that has these faults: malformed if one of them is. */
  static Problem of(List<Fault> found) {
    boolean malformed = found.stream().anyMatch(Fault::malformed);
    return new Problem(
        malformed ? ProblemKind.INVALID_REQUEST : ProblemKind.INVALID_VALUE,
        found.size() == 1 ? "One thing is wrong." : found.size() + " things are wrong.",
        found);
  }

  /** The problem as an answer to the request of this id. */
  ProblemResponse toResponse(String requestId) {
    return new ProblemResponse(
        kind.type(),
        kind.title(),
        kind.status(),
        kind.code(),
        detail,
        faults.stream().map(Problem::flaw).toList(),
        requestId,
        quote,
        allowed,
        refundable);
  }

  private static ProblemResponse.Flaw flaw(Fault fault) {
    return switch (fault.place()) {
      case BODY -> new ProblemResponse.BodyFlaw(fault.name(), fault.code(), fault.detail());
      case QUERY -> new ProblemResponse.QueryFlaw(fault.name(), fault.code(), fault.detail());
      case HEADER -> new ProblemResponse.HeaderFlaw(fault.name(), fault.code(), fault.detail());
    };
  }
}
