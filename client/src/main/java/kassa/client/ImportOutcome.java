package kassa.client;

/** What became of an order that was sent. */
sealed interface ImportOutcome {

  /**
   * It is there.
   *
   * @param id its id
   * @param number its number
   * @param replayed whether an earlier call with its key had placed it
   */
  record Placed(String id, long number, boolean replayed) implements ImportOutcome {}

  /**
   * It was not placed.
   *
   * @param status the HTTP status that it would have had alone
   * @param problem why
   */
  record Rejected(int status, ProblemDetail problem) implements ImportOutcome {

    /** Whether the same order may well be placed a little later. */
    boolean isRetryable() {
      return status == 429 || status >= 500 || problem.code().equals("request_in_progress");
    }

    /** Whether something broke, which may be this order's fault or not. */
    boolean isServerError() {
      return status == 500;
    }
  }
}
