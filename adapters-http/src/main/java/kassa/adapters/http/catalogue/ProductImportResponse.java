package kassa.adapters.http.catalogue;

import java.util.List;
import kassa.adapters.http.problem.ProblemResponse;

/**
 * What became of the lines of an import.
 *
 * @param created how many products are new
 * @param updated how many took the place of one that was there
 * @param rejected how many lines were refused
 * @param problems why, for the first lines of those
 */
public record ProductImportResponse(
    long created, long updated, long rejected, List<LineProblem> problems) {

  /** The most problems that are told. */
  public static final int MAX_PROBLEMS = 100;

  /**
   * Why a line was refused.
   *
   * @param line its number in the body, from 1
   * @param problem the problem that the product would have been alone
   */
  public record LineProblem(long line, ProblemResponse problem) {}
}
