package kassa.adapters.persistence.jdbc;

import java.util.Set;
import java.util.function.Supplier;
import kassa.application.port.out.StoreUnavailableException;

/** Begins transactions again that met others and lost. */
public final class TransactionRetry {

  /** Each try that fails means that another change was done. */
  private static final int MAX_ATTEMPTS = 20;

  /** How a database says that two changes met, and that one of them has to begin again. */
  private static final Set<String> RETRYABLE_STATES =
      Set.of(
          "40001", // serialization failure; H2: deadlock
          "40P01", // PostgreSQL: deadlock
          "90131"); // H2: concurrent update

  private TransactionRetry() {}

  /**
   * What comes of the work when it is not overtaken.
   *
   * @param work leaves nothing behind when it throws
   * @throws StoreUnavailableException if it is overtaken each time
   */
  public static <T> T run(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (WriteConflictException conflict) {
        if (attempt == MAX_ATTEMPTS) {
          throw new StoreUnavailableException("others keep changing the same things", conflict);
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
