package kassa.contract.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.rule.CodeStore;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredCode;
import kassa.domain.rule.StoredRule;
import org.jspecify.annotations.Nullable;

/** In-memory code store of {@link InMemoryStores}. */
public final class InMemoryCodeStore implements CodeStore {

  private final InMemoryStores stores;

  InMemoryCodeStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public AddResult add(
      RuleId id,
      Collection<Code> codes,
      @Nullable Long limit,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredRule rule = stores.rules.get(id);
      if (rule == null) {
        return AddResult.RULE_NOT_FOUND;
      }
      if (rule.status() == RuleStatus.ARCHIVED) {
        return AddResult.RULE_ARCHIVED;
      }
      if (rule.status() == RuleStatus.ACTIVE && !rule.needsCode()) {
        return AddResult.RULE_ACTIVE_WITHOUT_CODE;
      }
      Set<Code> distinct = new HashSet<>(codes);
      if (distinct.size() < codes.size()
          || distinct.stream().anyMatch(code -> stores.codes.containsKey(code.key()))) {
        return AddResult.CODE_TAKEN;
      }
      stores.requireFreeKey(idempotencyRecord);
      codes.forEach(code -> stores.codes.put(code.key(), new StoredCode(code, id, limit, at)));
      stores.rules.put(id, requiringCode(rule));
      stores.ruleSetVersion++;
      stores.storeRecord(idempotencyRecord);
      return AddResult.DONE;
    }
  }

  @Override
  public Map<String, StoredCode> find(Collection<Code> codes) {
    synchronized (stores) {
      stores.requireAvailable();
      Map<String, StoredCode> found = new HashMap<>();
      for (Code code : codes) {
        StoredCode storedCode = stores.codes.get(code.key());
        if (storedCode != null) {
          found.put(code.key(), storedCode);
        }
      }
      return found;
    }
  }

  @Override
  public long countRedemptions(Code code) {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.storedUsages.stream()
          .filter(use -> !use.released() && code.equals(use.redemption().code()))
          .count();
    }
  }

  @Override
  public List<StoredCode> list(@Nullable String after, @Nullable RuleId rule, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      var following = after == null ? stores.codes : stores.codes.tailMap(after, false);
      return following.values().stream()
          .filter(code -> rule == null || code.rule().equals(rule))
          .limit(limit)
          .toList();
    }
  }

  private static StoredRule requiringCode(StoredRule rule) {
    return new StoredRule(
        rule.id(),
        rule.version(),
        rule.revision(),
        rule.status(),
        true,
        rule.definitionJson(),
        rule.definition(),
        rule.createdAt(),
        rule.updatedAt());
  }
}
