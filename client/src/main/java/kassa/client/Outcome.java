package kassa.client;

/** What became of an order that was sent. */
sealed interface Outcome {

  /**
   * It is there.
   *
   * @param id its id
   * @param number its number
   * @param replayed whether an earlier call with its key had placed it
   */
  record Placed(String id, long number, boolean replayed) implements Outcome {}

  /**
   * It was not placed.
   *
   * @param status the HTTP status that it would have had alone
   * @param problem why
   */
  record Refused(int status, Problem problem) implements Outcome {

    /** Whether the same order may well be placed a little later. */
    boolean isPassing() {
      return status == 429 || status >= 500 || problem.code().equals("request_in_progress");
    }

    /** Whether something broke, which may be this order's fault or not. */
    boolean isBreakage() {
      return status == 500;
    }
  }
}
