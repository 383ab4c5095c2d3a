package kassa.contract;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.AnswerStore;

/** The answers of {@link InMemoryStores}. */
public final class InMemoryAnswerStore implements AnswerStore {

  private final InMemoryStores stores;

  InMemoryAnswerStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Optional<KeptAnswer> find(IdempotencyKey key) {
    synchronized (stores) {
      stores.check();
      return Optional.ofNullable(stores.answers.get(key));
    }
  }

  @Override
  public boolean keep(KeptAnswer answer, Instant at) {
    synchronized (stores) {
      stores.check();
      if (stores.answers.containsKey(answer.key())) {
        return false;
      }
      stores.keepAnswer(answer, at);
      return true;
    }
  }

  @Override
  public int forget(Instant before, int most) {
    synchronized (stores) {
      stores.check();
      List<IdempotencyKey> old =
          stores.answeredAt.entrySet().stream()
              .filter(each -> each.getValue().isBefore(before))
              .sorted(Comparator.comparing(Map.Entry::getValue))
              .limit(most)
              .map(Map.Entry::getKey)
              .toList();
      old.forEach(stores.answers::remove);
      old.forEach(stores.answeredAt::remove);
      return old.size();
    }
  }
}
