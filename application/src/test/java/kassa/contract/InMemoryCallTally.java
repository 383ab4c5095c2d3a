package kassa.contract;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.application.port.out.CallTally;
import kassa.contract.InMemoryStores.CallsOfNode;

/** The calls of {@link InMemoryStores}. */
public final class InMemoryCallTally implements CallTally {

  private final InMemoryStores stores;

  InMemoryCallTally(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Map<String, Long> exchange(UUID node, Instant minute, Map<String, Long> counted) {
    synchronized (stores) {
      stores.check();
      counted.forEach((caller, calls) ->
          stores.calls.merge(new CallsOfNode(minute, caller, node), calls, Math::max));
      Map<String, Long> others = new HashMap<>();
      stores.calls.forEach((key, calls) -> {
        if (key.minute().equals(minute) && !key.node().equals(node)) {
          others.merge(key.caller(), calls, Long::sum);
        }
      });
      return others;
    }
  }

  @Override
  public int forgetBefore(Instant time) {
    synchronized (stores) {
      stores.check();
      int before = stores.calls.size();
      stores.calls.keySet().removeIf(key -> key.minute().isBefore(time));
      return before - stores.calls.size();
    }
  }

  /** The callers of whom calls were told, without asking the tally. */
  public Set<String> callers() {
    synchronized (stores) {
      return stores.calls.keySet().stream().map(CallsOfNode::caller).collect(Collectors.toSet());
    }
  }
}
