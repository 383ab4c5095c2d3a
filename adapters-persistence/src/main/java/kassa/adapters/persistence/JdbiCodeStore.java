package kassa.adapters.persistence;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.CodeStore;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps codes in a table. May be used by any number of threads. */
final class JdbiCodeStore implements CodeStore {

  private final Database database;

  JdbiCodeStore(Database database) {
    this.database = database;
  }

  @Override
  public Addition add(
      RuleId rule,
      Collection<Code> codes,
      @Nullable Long limit,
      Instant at,
      @Nullable KeptAnswer answer) {
    return JdbiAnswerStore.unlessKeyIsTaken(
        () ->
            Retries.run(() ->
                database.change(
                    "keep codes",
                    handle -> {
                      Addition addition = add(handle, rule, codes, limit, at);
                      if (addition == Addition.DONE) {
                        JdbiAnswerStore.insert(handle, answer, at);
                      }
                      return addition;
                    })),
        Addition.KEY_TAKEN);
  }

  @Override
  public Map<String, KeptCode> find(Collection<Code> codes) {
    return codes.isEmpty()
        ? Map.of()
        : database.ask("find codes", handle -> CodeQueries.find(handle, codes));
  }

  @Override
  public long redeemed(Code code) {
    return database.ask("count the uses of a code", handle -> CodeQueries.redeemed(handle, code));
  }

  @Override
  public List<KeptCode> list(@Nullable String after, @Nullable RuleId rule, int limit) {
    return database.ask("list codes", handle -> CodeQueries.list(handle, after, rule, limit));
  }

  private static Addition add(
      Handle handle, RuleId rule, Collection<Code> codes, @Nullable Long limit, Instant at) {
    Addition allowed = allowed(handle, rule);
    if (allowed != Addition.DONE) {
      return allowed;
    }
    if (!CodeWriter.insert(handle, rule, codes, limit, at)) {
      handle.rollback();
      return Addition.CODE_TAKEN;
    }
    RuleWriter.raiseSet(handle);
    if (!CodeWriter.bind(handle, rule)) {
      // Its status was changed since it was looked at.
      throw new OvertakenException(null);
    }
    return Addition.DONE;
  }

  private static Addition allowed(Handle handle, RuleId id) {
    KeptRule rule = RuleQueries.find(handle, id).orElse(null);
    if (rule == null) {
      return Addition.NO_SUCH_RULE;
    }
    if (rule.status() == RuleStatus.ARCHIVED) {
      return Addition.RULE_ARCHIVED;
    }
    return rule.status() == RuleStatus.ACTIVE && !rule.needsCode()
        ? Addition.RULE_OPEN_TO_ALL
        : Addition.DONE;
  }
}
