package kassa.adapters.persistence.identity;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Debounces updates of the last use of a session or key: skips an update while another thread runs
 * one for the same id. Otherwise concurrent requests with one key would all notice that an update
 * is needed, and wait for one row lock. Thread-safe.
 *
 * @param <I> the type of the ids
 */
final class LastUsedDebouncer<I> {

  private final Set<I> inProgress = ConcurrentHashMap.newKeySet();

  /** Runs an update, unless another thread is running one for this id. */
  void runUnlessInProgress(I id, Runnable update) {
    if (inProgress.add(id)) {
      try {
        update.run();
      } finally {
        inProgress.remove(id);
      }
    }
  }
}
