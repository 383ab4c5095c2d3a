package kassa.adapters.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.persistence.SqlValues.utc;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** Writes codes, within a transaction: the only class that does. */
final class CodeWriter {

  /** The rows that are sent at once. */
  private static final int BATCH = 5_000;

  private static final String INSERT =
      """
      insert into codes (code_key, key_utf8, code, rule_id, max_uses, named_by_rule, created_at)
      values (:key, :utf8, :code, :rule, :limit, :named, :at)
      """;

  private static final String NAME = "update codes set code = :code where code_key = :key";

  private static final String DELETE =
      "delete from codes where code_key = :key and rule_id = :rule and named_by_rule";

  private static final String BIND =
      """
      update rules set needs_code = true
      where id = :rule and status <> 'archived' and (needs_code or status <> 'active')
      """;

  private static final Set<String> TAKEN = Set.of("23505");

  private CodeWriter() {}

  /** Keeps codes, and says whether all of them were free; the transaction is lost otherwise. */
  static boolean insert(
      Handle handle, RuleId rule, Collection<Code> codes, @Nullable Long limit, Instant at) {
    return insert(handle, rule, codes, limit, false, at);
  }

  /**
   * Keeps the code that a definition names instead of the one that the definition before it named,
   * and says whether it was free; the transaction is lost otherwise.
   */
  static boolean name(
      Handle handle, RuleId rule, @Nullable Code before, @Nullable Code code, Instant at) {
    if (before != null && !before.equals(code)) {
      handle.createUpdate(DELETE).bind("key", before.key()).bind("rule", rule.toUuid()).execute();
    }
    if (code == null) {
      return true;
    }
    KeptCode kept = CodeQueries.find(handle, List.of(code)).get(code.key());
    if (kept == null) {
      return insert(handle, rule, List.of(code), null, true, at);
    }
    boolean own = kept.rule().equals(rule);
    if (own) {
      handle.createUpdate(NAME).bind("key", code.key()).bind("code", code.value()).execute();
    }
    return own;
  }

  /** Lets a rule apply only with a code, and says whether its status allows that. */
  static boolean bind(Handle handle, RuleId rule) {
    return handle.createUpdate(BIND).bind("rule", rule.toUuid()).execute() == 1;
  }

  private static boolean insert(
      Handle handle,
      RuleId rule,
      Collection<Code> codes,
      @Nullable Long limit,
      boolean named,
      Instant at) {
    try {
      PreparedBatch batch = handle.prepareBatch(INSERT);
      // In the order of their index, which is many times quicker than at random places of it.
      List<Code> sorted = codes.stream().sorted(Comparator.comparing(Code::key)).toList();
      for (Code code : sorted) {
        batch
            .bind("key", code.key())
            .bind("utf8", code.key().getBytes(UTF_8))
            .bind("code", code.value())
            .bind("rule", rule.toUuid())
            .bind("limit", limit)
            .bind("named", named)
            .bind("at", utc(at))
            .add();
        if (batch.size() == BATCH) {
          batch.execute();
        }
      }
      SqlValues.execute(batch);
      return true;
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        return false;
      }
      throw refused;
    }
  }
}
