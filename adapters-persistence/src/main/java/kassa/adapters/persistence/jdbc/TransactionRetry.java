package kassa.adapters.persistence.jdbc;

import java.util.Set;
import java.util.function.Supplier;
import kassa.application.port.out.StoreUnavailableException;

/** Retries transactions after serialization failures, deadlocks and write conflicts. */
public final class TransactionRetry {

  /** A high number, because each failed attempt means that another transaction succeeded. */
  private static final int MAX_ATTEMPTS = 20;

  /** SQLSTATEs after which a transaction can be retried. */
  private static final Set<String> RETRYABLE_STATES =
      Set.of(
          "40001", // serialization failure; H2: deadlock
          "40P01", // PostgreSQL: deadlock
          "90131"); // H2: concurrent update

  private TransactionRetry() {}

  /**
   * Runs work, up to 20 times.
   *
   * @param work a complete transaction, which is rolled back if it throws
   * @return the result of the first attempt without a conflict
   * @throws StoreUnavailableException if all attempts fail with a conflict
   */
  public static <T> T run(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (WriteConflictException conflict) {
        if (attempt == MAX_ATTEMPTS) {
          throw new StoreUnavailableException(
              "too many concurrent updates of the same data", conflict);
        }
      } catch (StoreUnavailableException failure) {
        if (attempt == MAX_ATTEMPTS
            || !SqlExceptionTranslator.hasSqlState(failure, RETRYABLE_STATES)) {
          throw failure;
        }
      }
    }
  }
}
