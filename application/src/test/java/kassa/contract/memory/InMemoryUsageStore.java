package kassa.contract.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import kassa.application.port.out.rule.UsageStore;
import kassa.contract.memory.InMemoryStores.StoredUsage;
import kassa.domain.money.MoneySum;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.RuleUsage;
import kassa.domain.usage.UsageCounter;

/** In-memory limit usage store of {@link InMemoryStores}. */
public final class InMemoryUsageStore implements UsageStore {

  private final InMemoryStores stores;

  InMemoryUsageStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Map<UsageCounter, Long> read(Collection<UsageCounter> counters) {
    synchronized (stores) {
      stores.requireAvailable();
      Map<UsageCounter, Long> values = new HashMap<>();
      counters.forEach(counter -> values.put(counter, stores.usageOf(counter)));
      return values;
    }
  }

  @Override
  public RuleUsage usageOf(RuleId rule) {
    synchronized (stores) {
      stores.requireAvailable();
      Map<Boolean, List<StoredUsage>> uses =
          stores.storedUsages.stream()
              .filter(use -> use.redemption().rule().equals(rule))
              .collect(Collectors.partitioningBy(StoredUsage::released));
      List<StoredUsage> counted = uses.getOrDefault(false, List.of());
      return new RuleUsage(
          counted.size(),
          uses.getOrDefault(true, List.of()).size(),
          counted.stream().map(StoredUsage::customer).filter(Objects::nonNull).distinct().count(),
          counted.stream()
              .map(use -> use.redemption().amount())
              .collect(
                  Collectors.toMap(amount -> amount.currency(), MoneySum::of, MoneySum::plus)));
    }
  }
}
