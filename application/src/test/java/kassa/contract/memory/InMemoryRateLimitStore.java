package kassa.contract.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.contract.memory.InMemoryStores.NodeCounter;

/** In-memory rate limit store of {@link InMemoryStores}. */
public final class InMemoryRateLimitStore implements RateLimitStore {

  private final InMemoryStores stores;

  InMemoryRateLimitStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Map<String, Long> mergeCounts(UUID nodeId, Instant windowStart, Map<String, Long> counts) {
    synchronized (stores) {
      stores.requireAvailable();
      counts.forEach((caller, calls) ->
          stores.rateLimits.merge(new NodeCounter(windowStart, caller, nodeId), calls, Math::max));
      Map<String, Long> others = new HashMap<>();
      stores.rateLimits.forEach((key, calls) -> {
        if (key.windowStart().equals(windowStart) && !key.nodeId().equals(nodeId)) {
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
      stores.rateLimits.keySet().removeIf(key -> key.windowStart().isBefore(time));
      return before - stores.rateLimits.size();
    }
  }

  /** Returns the callers with stored counts; for assertions. */
  public Set<String> callers() {
    synchronized (stores) {
      return stores.rateLimits.keySet().stream()
          .map(NodeCounter::caller)
          .collect(Collectors.toSet());
    }
  }
}
