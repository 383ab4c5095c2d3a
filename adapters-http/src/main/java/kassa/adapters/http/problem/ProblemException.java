package kassa.adapters.http.problem;

import java.util.List;
import kassa.adapters.http.json.Fault;

/** Ends the handling of a request that cannot be answered as it was meant to be. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // Nobody looks at the stack, and under load it costs more than the rest of a refusal.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(ProblemKind kind, String detail) {
    this(Problem.of(kind, detail));
  }

  /** One fault of the request outside its body. */
  public ProblemException(Fault.Place place, String name, String code, String detail) {
    this(
        new Problem(
            ProblemKind.INVALID_REQUEST,
            "One thing is wrong.",
            List.of(new Fault(place, name, code, detail, true))));
  }

  public Problem problem() {
    return problem;
  }
}
