package kassa.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.out.RuleStore;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import org.jspecify.annotations.Nullable;

/** The rules of {@link InMemoryStores}. */
public final class InMemoryRuleStore implements RuleStore {

  private final InMemoryStores stores;

  InMemoryRuleStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public long setVersion() {
    synchronized (stores) {
      stores.check();
      return stores.setVersion;
    }
  }

  @Override
  public ActiveRules active() {
    synchronized (stores) {
      stores.check();
      return new ActiveRules(stores.setVersion, list(null, RuleStatus.ACTIVE, Integer.MAX_VALUE));
    }
  }

  @Override
  public Change create(
      RuleId id, RuleStatus status, Writing writing, @Nullable KeyedCall<KeptRule> call) {
    synchronized (stores) {
      stores.check();
      if (stores.hasAnswer(call)) {
        return new Change.KeyTaken();
      }
      if (stores.rules.containsKey(id)) {
        throw new IllegalStateException("there is a rule of this id already");
      }
      if (isTaken(writing.code(), id)) {
        return new Change.CodeTaken();
      }
      return answered(keep(id, null, status, writing), call, writing.at());
    }
  }

  @Override
  public Change replace(RuleId id, int revision, Writing writing) {
    synchronized (stores) {
      stores.check();
      KeptRule old = stores.rules.get(id);
      if (old == null) {
        return new Change.Absent();
      }
      if (old.revision() != revision) {
        return new Change.Stale(old.revision());
      }
      if (old.status() == RuleStatus.ARCHIVED) {
        return new Change.NotAllowed(old.status());
      }
      if (isTaken(writing.code(), id)) {
        return new Change.CodeTaken();
      }
      return keep(id, old, old.status(), writing);
    }
  }

  @Override
  public Change move(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      Instant at,
      @Nullable KeyedCall<KeptRule> call) {
    synchronized (stores) {
      stores.check();
      if (stores.hasAnswer(call)) {
        return new Change.KeyTaken();
      }
      return answered(move(id, revision, status, at), call, at);
    }
  }

  @Override
  public Change move(RuleId id, @Nullable Integer revision, RuleStatus status, Instant at) {
    synchronized (stores) {
      stores.check();
      KeptRule old = stores.rules.get(id);
      if (old == null) {
        return new Change.Absent();
      }
      if (revision != null && old.revision() != revision) {
        return new Change.Stale(old.revision());
      }
      if (old.status() == status) {
        return new Change.Done(old);
      }
      if (!old.status().next().contains(status)) {
        return new Change.NotAllowed(old.status());
      }
      KeptRule moved =
          new KeptRule(
              id,
              old.version(),
              old.revision() + 1,
              status,
              old.needsCode(),
              old.notation(),
              old.definition(),
              old.createdAt(),
              at);
      stores.rules.put(id, moved);
      stores.setVersion++;
      return new Change.Done(moved);
    }
  }

  @Override
  public Optional<KeptRule> find(RuleId id) {
    synchronized (stores) {
      stores.check();
      return Optional.ofNullable(stores.rules.get(id));
    }
  }

  @Override
  public List<KeptRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    synchronized (stores) {
      stores.check();
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
      stores.check();
      return stores.versions.getOrDefault(id, List.of()).reversed();
    }
  }

  private Change answered(Change change, @Nullable KeyedCall<KeptRule> call, Instant at) {
    if (call != null && change instanceof Change.Done(KeptRule rule)) {
      stores.keepAnswer(call.keep(rule), at);
    }
    return change;
  }

  private boolean isTaken(@Nullable Code code, RuleId rule) {
    KeptCode kept = code == null ? null : stores.codes.get(code.key());
    return kept != null && !kept.rule().equals(rule);
  }

  private Change keep(RuleId id, @Nullable KeptRule old, RuleStatus status, Writing writing) {
    keepCode(id, old == null ? null : old.definition().code(), writing);
    boolean needsCode = stores.codes.values().stream().anyMatch(code -> code.rule().equals(id));
    KeptRule rule =
        new KeptRule(
            id,
            old == null ? 1 : old.version() + 1,
            old == null ? 1 : old.revision() + 1,
            status,
            needsCode,
            writing.notation(),
            definition(writing.notation()),
            old == null ? writing.at() : old.createdAt(),
            writing.at());
    stores.rules.put(id, rule);
    stores
        .versions
        .computeIfAbsent(id, first -> new ArrayList<>())
        .add(new RuleVersion(id, rule.version(), writing.notation(), writing.at()));
    stores.setVersion++;
    return new Change.Done(rule);
  }

  private void keepCode(RuleId id, @Nullable Code before, Writing writing) {
    Code code = writing.code();
    if (before != null && !before.equals(code)) {
      if (stores.namedCodes.remove(before.key())) {
        stores.codes.remove(before.key());
      }
    }
    if (code != null) {
      KeptCode present = stores.codes.get(code.key());
      if (present == null) {
        stores.namedCodes.add(code.key());
      }
      stores.codes.put(
          code.key(),
          present == null
              ? new KeptCode(code, id, null, writing.at())
              : new KeptCode(code, id, present.limit(), present.createdAt()));
    }
  }

  private static RuleDefinition definition(Notation.Fields notation) {
    Flaws flaws = new Flaws();
    RuleDefinition definition = RuleReader.read(notation, "", flaws);
    if (definition == null) {
      throw new IllegalStateException("a rule cannot be read: " + flaws.found());
    }
    return definition;
  }
}
