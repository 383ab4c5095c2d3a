package kassa.adapters.http.problem;

import java.util.List;

/** Aborts the handling of a request with an error response. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // Without a stack trace: nothing uses it, and under load it is the main cost of a rejection.
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(ProblemKind kind, String detail) {
    this(Problem.of(kind, detail));
  }

  /** Creates an {@code invalid_request} problem with one violation in the query or a header. */
  public ProblemException(RequestViolation violation) {
    this(Problem.invalidRequest(List.of(violation)));
  }

  public Problem problem() {
    return problem;
  }
}
