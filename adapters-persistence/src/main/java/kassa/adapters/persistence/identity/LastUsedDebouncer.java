package kassa.adapters.persistence.identity;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one thread at a time note that a thing was used. Many requests with one key at once find
 * together that it is time to; one note is as good as all of them, and they would wait for each
 * other. May be used by any number of threads.
 *
 * @param <I> names the thing
 */
final class LastUsedDebouncer<I> {

  private final Set<I> inProgress = ConcurrentHashMap.newKeySet();

  /** Notes it, unless another is just doing so. */
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
