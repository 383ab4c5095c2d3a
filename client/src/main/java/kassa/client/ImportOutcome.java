package kassa.client;

/** Result of an order. */
sealed interface ImportOutcome {

  /**
   * Placed order.
   *
   * @param id the ID of the order
   * @param number the order number
   * @param replayed whether an earlier request with the same idempotency key placed it
   */
  record Placed(String id, long number, boolean replayed) implements ImportOutcome {}

  /**
   * Rejected order.
   *
   * @param status the HTTP status of a single request
   * @param problem the reason
   */
  record Rejected(int status, ProblemDetail problem) implements ImportOutcome {

    /** Whether a retry may succeed. */
    boolean isRetryable() {
      return status == 429 || status >= 500 || problem.code().equals("request_in_progress");
    }

    /** Whether the server had an internal error, which this order may have caused. */
    boolean isServerError() {
      return status == 500;
    }
  }
}
