package kassa.contract.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.contract.memory.InMemoryStores.NodeCounter;

/** The calls of {@link InMemoryStores}. */
public final class InMemoryRateLimitStore implements RateLimitStore {

  private final InMemoryStores stores;

  InMemoryRateLimitStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Map<String, Long> mergeCounts(UUID node, Instant minute, Map<String, Long> counted) {
    synchronized (stores) {
      stores.requireAvailable();
      counted.forEach((caller, calls) ->
          stores.rateLimits.merge(new NodeCounter(minute, caller, node), calls, Math::max));
      Map<String, Long> others = new HashMap<>();
      stores.rateLimits.forEach((key, calls) -> {
        if (key.minute().equals(minute) && !key.node().equals(node)) {
          others.merge(key.caller(), calls, Long::sum);
        }
      });
      return others;
    }
  }

  @Override
  public int purgeBefore(Instant time) {
    synchronized (stores) {
      stores.requireAvailable();
      int before = stores.rateLimits.size();
      stores.rateLimits.keySet().removeIf(key -> key.minute().isBefore(time));
      return before - stores.rateLimits.size();
    }
  }

  /** The callers of whom calls were told, without asking the tally. */
  public Set<String> callers() {
    synchronized (stores) {
      return stores.rateLimits.keySet().stream()
          .map(NodeCounter::caller)
          .collect(Collectors.toSet());
    }
  }
}
