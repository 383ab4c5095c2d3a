package kassa.adapters.persistence;

import java.util.Set;
import java.util.function.Supplier;
import kassa.application.port.out.StoreUnavailableException;

/** Begins transactions again that met others and lost. */
final class Retries {

  /** Each try that fails means that another change was done. */
  private static final int MOST_TRIES = 20;

  /** How a database says that two changes met, and that one of them has to begin again. */
  private static final Set<String> BEGIN_AGAIN =
      Set.of(
          "40001", // serialization failure; H2: deadlock
          "40P01", // PostgreSQL: deadlock
          "90131"); // H2: concurrent update

  private Retries() {}

  /**
   * What comes of the work when it is not overtaken.
   *
   * @param work leaves nothing behind when it throws
   * @throws StoreUnavailableException if it is overtaken each time
   */
  static <T> T run(Supplier<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (OvertakenException overtaken) {
        if (tries == MOST_TRIES) {
          throw new StoreUnavailableException("others keep changing the same things", overtaken);
        }
      } catch (StoreUnavailableException failure) {
        if (tries == MOST_TRIES || !Outages.hasState(failure, BEGIN_AGAIN)) {
          throw failure;
        }
      }
    }
  }
}
