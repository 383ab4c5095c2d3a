package kassa.contract;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import kassa.application.port.out.UsageStore;
import kassa.contract.InMemoryStores.Use;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.RuleId;

/** How far the limits of {@link InMemoryStores} are used up. */
public final class InMemoryUsageStore implements UsageStore {

  private final InMemoryStores stores;

  InMemoryUsageStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Map<Counter, Long> read(Collection<Counter> counters) {
    synchronized (stores) {
      stores.check();
      Map<Counter, Long> values = new HashMap<>();
      counters.forEach(counter -> values.put(counter, stores.used(counter)));
      return values;
    }
  }

  @Override
  public RuleUsage of(RuleId rule) {
    synchronized (stores) {
      stores.check();
      Map<Boolean, List<Use>> uses =
          stores.uses.stream()
              .filter(use -> use.redemption().rule().equals(rule))
              .collect(Collectors.partitioningBy(Use::givenBack));
      List<Use> counted = uses.getOrDefault(false, List.of());
      return new RuleUsage(
          counted.size(),
          uses.getOrDefault(true, List.of()).size(),
          counted.stream().map(Use::customer).filter(Objects::nonNull).distinct().count(),
          counted.stream()
              .map(use -> use.redemption().amount())
              .collect(
                  Collectors.toMap(
                      amount -> amount.currency(), amount -> amount.minorUnits(), Math::addExact)));
    }
  }
}
