package kassa.adapters.persistence.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kassa.adapters.persistence.event.EventWriter;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.usage.LimitCounterWriter;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.rule.RuleStore;
import kassa.domain.event.EventType;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Stores rules and their versions in tables. A change is decided on the rule as it was read, and
 * written only if its revision is still the same (optimistic locking). Thread-safe.
 */
public final class JdbiRuleStore implements RuleStore {

  /** Also of codes, whose events have the rule as their subject. */
  static final int EVENT_LOCK = 2;

  private final Database database;
  private final @Nullable String actor;

  public JdbiRuleStore(Database database) {
    this(database, null);
  }

  private JdbiRuleStore(Database database, @Nullable String actor) {
    this.database = database;
    this.actor = actor;
  }

  @Override
  public RuleStore by(@Nullable String caller) {
    return new JdbiRuleStore(database, caller);
  }

  @Override
  public long ruleSetVersion() {
    return database.query("read the version of the rule set", RuleQueries::ruleSetVersion);
  }

  @Override
  public ActiveRules readActiveRules() {
    return database.query("read the active rules", RuleQueries::readActive);
  }

  @Override
  public RuleChange create(
      RuleId id,
      RuleStatus status,
      RuleContent content,
      @Nullable IdempotencyRecord idempotencyRecord) {
    return changeWithRetry(
        "insert a rule", handle -> create(handle, id, status, content), idempotencyRecord);
  }

  @Override
  public RuleChange replace(RuleId id, int revision, RuleContent content) {
    return changeWithRetry(
        "replace a rule",
        handle ->
            changeRevision(
                handle,
                id,
                revision,
                old ->
                    old.status() == RuleStatus.ARCHIVED
                        ? new RuleChange.StatusForbids(old.status())
                        : replace(handle, old, content)),
        null);
  }

  @Override
  public RuleChange changeStatus(
      RuleId id,
      int revision,
      RuleStatus status,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord) {
    return changeWithRetry(
        "change the status of a rule",
        handle ->
            changeRevision(handle, id, revision, old -> changeStatus(handle, old, status, at)),
        idempotencyRecord);
  }

  @Override
  public Optional<StoredRule> find(RuleId id) {
    return database.query("find a rule", handle -> RuleQueries.find(handle, id));
  }

  @Override
  public List<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    return database.read("list rules", handle -> RuleQueries.list(handle, after, status, limit));
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return database.query(
        "list the versions of a rule", handle -> RuleQueries.versions(handle, id));
  }

  /**
   * Runs a change, and stores its idempotency record in the same transaction. After a write
   * conflict it reads the rule again.
   */
  private RuleChange changeWithRetry(
      String purpose,
      Function<Handle, RuleChange> work,
      @Nullable IdempotencyRecord idempotencyRecord) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            purpose,
            handle -> {
              EventWriter.lockWriters(handle, database.dialect(), EVENT_LOCK);
              RuleChange change = work.apply(handle);
              if (change instanceof RuleChange.Done) {
                JdbiIdempotencyStore.insert(handle, database.dialect(), idempotencyRecord);
              }
              return change;
            }));
  }

  /** Changes a rule if it exists and has the expected revision. */
  private static RuleChange changeRevision(
      Handle handle, RuleId id, int revision, Function<StoredRule, RuleChange> change) {
    StoredRule old = RuleQueries.find(handle, id).orElse(null);
    if (old == null) {
      return new RuleChange.NotFound();
    }
    return old.revision() == revision
        ? change.apply(old)
        : new RuleChange.VersionConflict(old.revision());
  }

  private RuleChange create(Handle handle, RuleId id, RuleStatus status, RuleContent content) {
    if (!CodeWriter.replaceNamedCode(handle, id, null, content.code(), content.at())) {
      handle.rollback();
      return new RuleChange.CodeTaken();
    }
    RuleWriter.incrementSetVersion(handle);
    RuleWriter.insert(handle, id, status, content);
    return done(handle, EventType.RULE_CREATED, RuleQueries.find(handle, id).orElseThrow());
  }

  private RuleChange replace(Handle handle, StoredRule old, RuleContent content) {
    if (!CodeWriter.replaceNamedCode(
        handle, old.id(), old.definition().code(), content.code(), content.at())) {
      handle.rollback();
      return new RuleChange.CodeTaken();
    }
    RuleWriter.incrementSetVersion(handle);
    RuleWriter.replace(handle, old, content);
    StoredRule rule = RuleQueries.find(handle, old.id()).orElseThrow();
    if (!rule.definition().limits().equals(old.definition().limits())) {
      LimitCounterWriter.recount(handle, rule);
    }
    return done(handle, EventType.RULE_UPDATED, rule);
  }

  private RuleChange changeStatus(Handle handle, StoredRule old, RuleStatus status, Instant at) {
    if (old.status() == status) {
      return new RuleChange.Done(old);
    }
    if (!old.status().nextStatuses().contains(status)) {
      return new RuleChange.StatusForbids(old.status());
    }
    RuleWriter.incrementSetVersion(handle);
    RuleWriter.updateStatus(handle, old, status, at);
    return done(handle, EventType.of(status), RuleQueries.find(handle, old.id()).orElseThrow());
  }

  private RuleChange done(Handle handle, EventType type, StoredRule rule) {
    EventWriter.insert(
        handle, database.dialect(), List.of(RuleSnapshot.toEvent(type, rule, actor)));
    return new RuleChange.Done(rule);
  }
}
