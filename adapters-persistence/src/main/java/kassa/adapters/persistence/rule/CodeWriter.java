package kassa.adapters.persistence.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** Writes codes, within a transaction. No other class writes their table. */
final class CodeWriter {

  /** Number of rows per batch. */
  private static final int BATCH_SIZE = 5_000;

  private static final String INSERT =
      """
      insert into codes (
        normalized_code, normalized_code_utf8, code, rule_id, max_uses, defined_by_rule, created_at)
      values (:key, :utf8, :code, :rule, :maxUses, :definedByRule, :at)
      """;

  private static final String UPDATE_SPELLING =
      "update codes set code = :code where normalized_code = :key";

  private static final String DELETE =
      "delete from codes where normalized_code = :key and rule_id = :rule and defined_by_rule";

  private static final String REQUIRE_CODE =
      """
      update rules set needs_code = true
      where id = :rule and status <> 'archived' and (needs_code or status <> 'active')
      """;

  private CodeWriter() {}

  /**
   * Inserts codes.
   *
   * @return whether all of them were free; if not, the transaction must be rolled back
   */
  static boolean insert(
      Handle handle, RuleId rule, Collection<Code> codes, @Nullable Long limit, Instant at) {
    return insert(handle, rule, codes, limit, false, at);
  }

  /**
   * Replaces the code in a rule definition.
   *
   * @param before the code in the previous definition, if any
   * @param code the code in the new definition, if any
   * @return whether the code was free or belongs to the rule; if not, the transaction must be
   *     rolled back
   */
  static boolean replaceNamedCode(
      Handle handle, RuleId rule, @Nullable Code before, @Nullable Code code, Instant at) {
    if (before != null && !before.equals(code)) {
      handle.createUpdate(DELETE).bind("key", before.key()).bind("rule", rule.toUuid()).execute();
    }
    if (code == null) {
      return true;
    }
    StoredCode stored = CodeQueries.find(handle, List.of(code)).get(code.key());
    if (stored == null) {
      return insert(handle, rule, List.of(code), null, true, at);
    }
    boolean isOwn = stored.rule().equals(rule);
    if (isOwn) {
      handle
          .createUpdate(UPDATE_SPELLING)
          .bind("key", code.key())
          .bind("code", code.value())
          .execute();
    }
    return isOwn;
  }

  /** Makes a rule apply only with a code; returns false if its status does not allow that. */
  static boolean requireCode(Handle handle, RuleId rule) {
    return handle.createUpdate(REQUIRE_CODE).bind("rule", rule.toUuid()).execute() == 1;
  }

  private static boolean insert(
      Handle handle,
      RuleId rule,
      Collection<Code> codes,
      @Nullable Long limit,
      boolean isDefinedByRule,
      Instant at) {
    try {
      PreparedBatch batch = handle.prepareBatch(INSERT);
      // In the order of the index, which is many times faster than random order.
      List<Code> sorted = codes.stream().sorted(Comparator.comparing(Code::key)).toList();
      for (Code code : sorted) {
        batch
            .bind("key", code.key())
            .bind("utf8", code.key().getBytes(UTF_8))
            .bind("code", code.value())
            .bind("rule", rule.toUuid())
            .bind("maxUses", limit)
            .bind("definedByRule", isDefinedByRule)
            .bind("at", timestamp(at))
            .add();
        if (batch.size() == BATCH_SIZE) {
          batch.execute();
        }
      }
      SqlValues.executeBatch(batch);
      return true;
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        return false;
      }
      throw failure;
    }
  }
}
