package kassa.adapters.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.out.RuleStore;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rules and their versions in tables. What depends on a rule is decided on the rule as it was
 * read, and done only if its revision is still that one. May be used by any number of threads.
 */
final class JdbiRuleStore implements RuleStore {

  private final Database database;

  JdbiRuleStore(Database database) {
    this.database = database;
  }

  @Override
  public long setVersion() {
    return database.ask("tell the version of the rules", RuleQueries::setVersion);
  }

  @Override
  public ActiveRules active() {
    return database.ask("read the rules in force", RuleQueries::active);
  }

  @Override
  public Change create(
      RuleId id, RuleStatus status, Writing writing, @Nullable KeyedCall<KeptRule> call) {
    return answered(
        "keep a rule", handle -> create(handle, id, status, writing), call, writing.at());
  }

  @Override
  public Change replace(RuleId id, int revision, Writing writing) {
    return changed(
        "replace a rule",
        handle -> {
          KeptRule old = RuleQueries.find(handle, id).orElse(null);
          if (old == null) {
            return new Change.Absent();
          }
          if (old.revision() != revision) {
            return new Change.Stale(old.revision());
          }
          return old.status() == RuleStatus.ARCHIVED
              ? new Change.NotAllowed(old.status())
              : replace(handle, old, writing);
        });
  }

  @Override
  public Change move(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      Instant at,
      @Nullable KeyedCall<KeptRule> call) {
    return answered(
        "change the status of a rule",
        handle -> {
          KeptRule old = RuleQueries.find(handle, id).orElse(null);
          if (old == null) {
            return new Change.Absent();
          }
          if (revision != null && old.revision() != revision) {
            return new Change.Stale(old.revision());
          }
          if (old.status() == status) {
            return new Change.Done(old);
          }
          return old.status().next().contains(status)
              ? move(handle, old, status, at)
              : new Change.NotAllowed(old.status());
        },
        call,
        at);
  }

  @Override
  public Optional<KeptRule> find(RuleId id) {
    return database.ask("find a rule", handle -> RuleQueries.find(handle, id));
  }

  @Override
  public List<KeptRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    return database.ask("list rules", handle -> RuleQueries.list(handle, after, status, limit));
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return database.ask("list the versions of a rule", handle -> RuleQueries.versions(handle, id));
  }

  /** What was done is kept with its answer. */
  private Change answered(
      String purpose,
      Function<Handle, Change> work,
      @Nullable KeyedCall<KeptRule> call,
      Instant at) {
    return JdbiAnswerStore.unlessKeyIsTaken(
        () ->
            changed(
                purpose,
                handle -> {
                  Change change = work.apply(handle);
                  if (call != null && change instanceof Change.Done(KeptRule rule)) {
                    JdbiAnswerStore.insert(handle, call.keep(rule), at);
                  }
                  return change;
                }),
        new Change.KeyTaken());
  }

  /** Who is overtaken looks at the rule again, and sees what became of it. */
  private Change changed(String purpose, Function<Handle, Change> work) {
    return Retries.run(() -> database.change(purpose, work));
  }

  private static Change create(Handle handle, RuleId id, RuleStatus status, Writing writing) {
    if (!CodeWriter.name(handle, id, null, writing.code(), writing.at())) {
      handle.rollback();
      return new Change.CodeTaken();
    }
    RuleWriter.raiseSet(handle);
    RuleWriter.insert(handle, id, status, writing);
    return done(handle, id);
  }

  private static Change replace(Handle handle, KeptRule old, Writing writing) {
    if (!CodeWriter.name(handle, old.id(), old.definition().code(), writing.code(), writing.at())) {
      handle.rollback();
      return new Change.CodeTaken();
    }
    RuleWriter.raiseSet(handle);
    RuleWriter.replace(handle, old, writing);
    KeptRule rule = RuleQueries.find(handle, old.id()).orElseThrow();
    if (!rule.definition().limits().equals(old.definition().limits())) {
      CounterWriter.recount(handle, rule);
    }
    return new Change.Done(rule);
  }

  private static Change move(Handle handle, KeptRule old, RuleStatus status, Instant at) {
    RuleWriter.raiseSet(handle);
    RuleWriter.move(handle, old, status, at);
    return done(handle, old.id());
  }

  private static Change done(Handle handle, RuleId id) {
    return new Change.Done(RuleQueries.find(handle, id).orElseThrow());
  }
}
