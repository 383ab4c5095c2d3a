package kassa.contract;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import kassa.application.port.out.AttemptStore;
import org.jspecify.annotations.Nullable;

/** The attempts of {@link InMemoryStores}. */
public final class InMemoryAttemptStore implements AttemptStore {

  private final InMemoryStores stores;

  InMemoryAttemptStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public List<Attempts> find(Collection<String> subjects) {
    synchronized (stores) {
      stores.check();
      return subjects.stream().map(stores.attempts::get).filter(Objects::nonNull).toList();
    }
  }

  @Override
  public void failed(Collection<String> subjects, Instant at, Instant forgetBefore) {
    synchronized (stores) {
      stores.check();
      subjects.forEach(subject ->
          stores.attempts.compute(
              subject,
              (same, before) -> new Attempts(subject, counted(before, forgetBefore) + 1, at)));
    }
  }

  @Override
  public void forget(String subject) {
    synchronized (stores) {
      stores.check();
      stores.attempts.remove(subject);
    }
  }

  @Override
  public int forgetBefore(Instant time) {
    synchronized (stores) {
      stores.check();
      int before = stores.attempts.size();
      stores.attempts.values().removeIf(attempts -> attempts.lastAt().isBefore(time));
      return before - stores.attempts.size();
    }
  }

  private static int counted(@Nullable Attempts before, Instant forgetBefore) {
    return before == null || before.lastAt().isBefore(forgetBefore) ? 0 : before.count();
  }
}
