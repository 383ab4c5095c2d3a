package kassa.adapters.http.catalogue;

import java.util.List;
import kassa.adapters.http.problem.ProblemResponse;

/**
 * Result of a product import.
 *
 * @param created number of new products
 * @param updated number of replaced products
 * @param rejected number of rejected lines
 * @param problems the problems of the first rejected lines
 */
public record ProductImportResponse(
    long created, long updated, long rejected, List<LineProblem> problems) {

  /** Maximum number of reported problems. */
  public static final int MAX_PROBLEMS = 100;

  /**
   * Problem of a rejected line.
   *
   * @param line line number in the body, from 1
   * @param problem the problem that a single request with this product would get
   */
  public record LineProblem(long line, ProblemResponse problem) {}
}
