package kassa.adapters.persistence.rule;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kassa.adapters.persistence.event.EventWriter;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.adapters.persistence.sql.TabFields;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.rule.CodeStore;
import kassa.domain.event.EventType;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredCode;
import kassa.domain.rule.StoredRule;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores discount codes in a table. Thread-safe. */
public final class JdbiCodeStore implements CodeStore {

  private final Database database;
  private final @Nullable String actor;

  public JdbiCodeStore(Database database) {
    this(database, null);
  }

  private JdbiCodeStore(Database database, @Nullable String actor) {
    this.database = database;
    this.actor = actor;
  }

  @Override
  public CodeStore by(@Nullable String caller) {
    return new JdbiCodeStore(database, caller);
  }

  @Override
  public AddResult add(
      RuleId rule,
      Collection<Code> codes,
      @Nullable Long limit,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "insert codes",
            handle -> {
              EventWriter.lockWriters(handle, database.dialect(), JdbiRuleStore.EVENT_LOCK);
              AddResult result = add(handle, rule, codes, limit, at);
              if (result == AddResult.DONE) {
                EventWriter.insert(
                    handle, database.dialect(), List.of(toEvent(rule, codes, limit, at)));
                JdbiIdempotencyStore.insert(handle, database.dialect(), idempotencyRecord);
              }
              return result;
            }));
  }

  @Override
  public Map<String, StoredCode> find(Collection<Code> codes) {
    return codes.isEmpty()
        ? Map.of()
        : database.query("find codes", handle -> CodeQueries.find(handle, codes));
  }

  @Override
  public long countRedemptions(Code code) {
    return database.query(
        "count the redemptions of a code", handle -> CodeQueries.countRedemptions(handle, code));
  }

  @Override
  public List<StoredCode> list(@Nullable String after, @Nullable RuleId rule, int limit) {
    return database.read("list codes", handle -> CodeQueries.list(handle, after, rule, limit));
  }

  /** One event for all codes, which may be 100,000. */
  private NewEvent toEvent(RuleId rule, Collection<Code> codes, @Nullable Long limit, Instant at) {
    String code = codes.size() == 1 ? codes.iterator().next().value() : null;
    return new NewEvent(
        EventType.CODE_ISSUED,
        rule.toUuid(),
        null,
        null,
        actor,
        at,
        TabFields.format(codes.size(), code, limit));
  }

  private static AddResult add(
      Handle handle, RuleId rule, Collection<Code> codes, @Nullable Long limit, Instant at) {
    AddResult statusCheck = checkRuleStatus(handle, rule);
    if (statusCheck != AddResult.DONE) {
      return statusCheck;
    }
    if (!CodeWriter.insert(handle, rule, codes, limit, at)) {
      handle.rollback();
      return AddResult.CODE_TAKEN;
    }
    RuleWriter.incrementSetVersion(handle);
    if (!CodeWriter.requireCode(handle, rule)) {
      // The status of the rule has changed since it was checked.
      throw new WriteConflictException(null);
    }
    return AddResult.DONE;
  }

  private static AddResult checkRuleStatus(Handle handle, RuleId id) {
    StoredRule rule = RuleQueries.find(handle, id).orElse(null);
    if (rule == null) {
      return AddResult.RULE_NOT_FOUND;
    }
    if (rule.status() == RuleStatus.ARCHIVED) {
      return AddResult.RULE_ARCHIVED;
    }
    return rule.status() == RuleStatus.ACTIVE && !rule.needsCode()
        ? AddResult.RULE_ACTIVE_WITHOUT_CODE
        : AddResult.DONE;
  }
}
