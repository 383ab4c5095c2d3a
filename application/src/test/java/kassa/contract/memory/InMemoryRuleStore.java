package kassa.contract.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.rule.RuleStore;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredCode;
import kassa.domain.rule.StoredRule;
import kassa.domain.rule.json.RuleReader;
import org.jspecify.annotations.Nullable;

/** In-memory rule store of {@link InMemoryStores}. */
public final class InMemoryRuleStore implements RuleStore {

  private final InMemoryStores stores;

  InMemoryRuleStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public long ruleSetVersion() {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.ruleSetVersion;
    }
  }

  @Override
  public ActiveRules readActiveRules() {
    synchronized (stores) {
      stores.requireAvailable();
      return new ActiveRules(
          stores.ruleSetVersion, list(null, RuleStatus.ACTIVE, Integer.MAX_VALUE));
    }
  }

  @Override
  public RuleChange create(
      RuleId id,
      RuleStatus status,
      RuleContent content,
      @Nullable IdempotencyRecord idempotencyRecord) {
    synchronized (stores) {
      stores.requireAvailable();
      if (stores.rules.containsKey(id)) {
        throw new IllegalStateException("a rule with this id exists already");
      }
      if (isTaken(content.code(), id)) {
        return new RuleChange.CodeTaken();
      }
      stores.requireFreeKey(idempotencyRecord);
      stores.storeRecord(idempotencyRecord);
      return store(id, null, status, content);
    }
  }

  @Override
  public RuleChange replace(RuleId id, int revision, RuleContent content) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredRule old = stores.rules.get(id);
      if (old == null) {
        return new RuleChange.NotFound();
      }
      if (old.revision() != revision) {
        return new RuleChange.VersionConflict(old.revision());
      }
      if (old.status() == RuleStatus.ARCHIVED) {
        return new RuleChange.StatusForbids(old.status());
      }
      if (isTaken(content.code(), id)) {
        return new RuleChange.CodeTaken();
      }
      return store(id, old, old.status(), content);
    }
  }

  @Override
  public RuleChange changeStatus(
      RuleId id,
      int revision,
      RuleStatus status,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredRule old = stores.rules.get(id);
      if (old == null) {
        return new RuleChange.NotFound();
      }
      if (old.revision() != revision) {
        return new RuleChange.VersionConflict(old.revision());
      }
      if (old.status() != status && !old.status().nextStatuses().contains(status)) {
        return new RuleChange.StatusForbids(old.status());
      }
      stores.requireFreeKey(idempotencyRecord);
      stores.storeRecord(idempotencyRecord);
      StoredRule changed = old.withStatus(status, at);
      if (!changed.equals(old)) {
        stores.rules.put(id, changed);
        stores.ruleSetVersion++;
      }
      return new RuleChange.Done(changed);
    }
  }

  @Override
  public Optional<StoredRule> find(RuleId id) {
    synchronized (stores) {
      stores.requireAvailable();
      return Optional.ofNullable(stores.rules.get(id));
    }
  }

  @Override
  public List<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      List<RuleId> ids = new ArrayList<>(stores.rules.keySet());
      int first = after == null ? 0 : ids.indexOf(after) + 1;
      return ids.subList(first, ids.size()).stream()
          .map(stores.rules::get)
          .filter(rule -> status == null || rule.status() == status)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.versions.getOrDefault(id, List.of()).reversed();
    }
  }

  private boolean isTaken(@Nullable Code code, RuleId rule) {
    StoredCode storedCode = code == null ? null : stores.codes.get(code.key());
    return storedCode != null && !storedCode.rule().equals(rule);
  }

  private RuleChange store(
      RuleId id, @Nullable StoredRule old, RuleStatus status, RuleContent content) {
    storeCode(id, old == null ? null : old.definition().code(), content);
    boolean needsCode = stores.codes.values().stream().anyMatch(code -> code.rule().equals(id));
    StoredRule rule =
        new StoredRule(
            id,
            old == null ? 1 : old.version() + 1,
            old == null ? 1 : old.revision() + 1,
            status,
            needsCode,
            content.definitionJson(),
            definition(content.definitionJson()),
            old == null ? content.at() : old.createdAt(),
            content.at());
    stores.rules.put(id, rule);
    stores
        .versions
        .computeIfAbsent(id, first -> new ArrayList<>())
        .add(new RuleVersion(id, rule.version(), content.definitionJson(), content.at()));
    stores.ruleSetVersion++;
    return new RuleChange.Done(rule);
  }

  private void storeCode(RuleId id, @Nullable Code before, RuleContent content) {
    Code code = content.code();
    if (before != null && !before.equals(code)) {
      if (stores.namedCodes.remove(before.key())) {
        stores.codes.remove(before.key());
      }
    }
    if (code != null) {
      StoredCode present = stores.codes.get(code.key());
      if (present == null) {
        stores.namedCodes.add(code.key());
      }
      stores.codes.put(
          code.key(),
          present == null
              ? new StoredCode(code, id, null, content.at())
              : new StoredCode(code, id, present.limit(), present.createdAt()));
    }
  }

  private static RuleDefinition definition(JsonValue.JsonObject json) {
    Violations violations = new Violations();
    RuleDefinition definition = RuleReader.read(json, "", violations);
    if (definition == null) {
      throw new IllegalStateException("invalid rule definition: " + violations.reported());
    }
    return definition;
  }
}
