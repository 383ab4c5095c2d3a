package kassa.contract;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.CodeStore;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import org.jspecify.annotations.Nullable;

/** The codes of {@link InMemoryStores}. */
public final class InMemoryCodeStore implements CodeStore {

  private final InMemoryStores stores;

  InMemoryCodeStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public Addition add(
      RuleId id,
      Collection<Code> codes,
      @Nullable Long limit,
      Instant at,
      @Nullable KeptAnswer answer) {
    synchronized (stores) {
      stores.check();
      if (stores.hasAnswer(answer)) {
        return Addition.KEY_TAKEN;
      }
      KeptRule rule = stores.rules.get(id);
      if (rule == null) {
        return Addition.NO_SUCH_RULE;
      }
      if (rule.status() == RuleStatus.ARCHIVED) {
        return Addition.RULE_ARCHIVED;
      }
      if (rule.status() == RuleStatus.ACTIVE && !rule.needsCode()) {
        return Addition.RULE_OPEN_TO_ALL;
      }
      Set<Code> different = new HashSet<>(codes);
      if (different.size() < codes.size()
          || different.stream().anyMatch(code -> stores.codes.containsKey(code.key()))) {
        return Addition.CODE_TAKEN;
      }
      codes.forEach(code -> stores.codes.put(code.key(), new KeptCode(code, id, limit, at)));
      stores.rules.put(id, bound(rule));
      stores.setVersion++;
      stores.keepAnswer(answer, at);
      return Addition.DONE;
    }
  }

  @Override
  public Map<String, KeptCode> find(Collection<Code> codes) {
    synchronized (stores) {
      stores.check();
      Map<String, KeptCode> found = new HashMap<>();
      for (Code code : codes) {
        KeptCode kept = stores.codes.get(code.key());
        if (kept != null) {
          found.put(code.key(), kept);
        }
      }
      return found;
    }
  }

  @Override
  public long redeemed(Code code) {
    synchronized (stores) {
      stores.check();
      return stores.uses.stream()
          .filter(use -> !use.givenBack() && code.equals(use.redemption().code()))
          .count();
    }
  }

  @Override
  public List<KeptCode> list(@Nullable String after, @Nullable RuleId rule, int limit) {
    synchronized (stores) {
      stores.check();
      var behind = after == null ? stores.codes : stores.codes.tailMap(after, false);
      return behind.values().stream()
          .filter(code -> rule == null || code.rule().equals(rule))
          .limit(limit)
          .toList();
    }
  }

  private static KeptRule bound(KeptRule rule) {
    return new KeptRule(
        rule.id(),
        rule.version(),
        rule.revision(),
        rule.status(),
        true,
        rule.notation(),
        rule.definition(),
        rule.createdAt(),
        rule.updatedAt());
  }
}
