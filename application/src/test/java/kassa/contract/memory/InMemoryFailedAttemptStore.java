package kassa.contract.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import kassa.application.port.out.identity.FailedAttemptStore;
import org.jspecify.annotations.Nullable;

/** In-memory failed attempt store of {@link InMemoryStores}. */
public final class InMemoryFailedAttemptStore implements FailedAttemptStore {

  private final InMemoryStores stores;

  InMemoryFailedAttemptStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public List<FailedAttempts> find(Collection<String> subjects) {
    synchronized (stores) {
      stores.requireAvailable();
      return subjects.stream().map(stores.failedAttempts::get).filter(Objects::nonNull).toList();
    }
  }

  @Override
  public void recordFailure(Collection<String> subjects, Instant at, Instant expiredBefore) {
    synchronized (stores) {
      stores.requireAvailable();
      subjects.forEach(subject ->
          stores.failedAttempts.compute(
              subject,
              (same, before) ->
                  new FailedAttempts(subject, counted(before, expiredBefore) + 1, at)));
    }
  }

  @Override
  public void recordSuccess(String subject, Instant at) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.failedAttempts.put(subject, new FailedAttempts(subject, 0, at));
    }
  }

  @Override
  public void clear(String subject) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.failedAttempts.remove(subject);
    }
  }

  @Override
  public int purgeBefore(Instant failedBefore, Instant succeededBefore) {
    synchronized (stores) {
      stores.requireAvailable();
      int before = stores.failedAttempts.size();
      stores
          .failedAttempts
          .values()
          .removeIf(attempts ->
              attempts
                  .lastAttemptAt()
                  .isBefore(attempts.count() == 0 ? succeededBefore : failedBefore));
      return before - stores.failedAttempts.size();
    }
  }

  private static int counted(@Nullable FailedAttempts before, Instant expiredBefore) {
    return before == null || before.lastAttemptAt().isBefore(expiredBefore) ? 0 : before.count();
  }
}
