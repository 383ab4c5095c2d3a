package kassa.adapters.persistence.rule;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.application.port.out.rule.RuleStore.RuleContent;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/**
 * Writes rules, within a transaction. No other class writes their tables, except that {@link
 * CodeWriter#requireCode} updates a column. To prevent deadlocks, all transactions lock rows in
 * this order: codes, version of the rule set, rules, counters.
 */
final class RuleWriter {

  private static final String INCREMENT_SET_VERSION = "update rule_set set version = version + 1";

  private static final String INSERT =
      """
      insert into rules (id, status, version, revision, needs_code, created_at, updated_at)
      values (:id, :status, 1, 1, :needsCode, :at, :at)
      """;

  private static final String UPDATE =
      """
      update rules set
        version = version + 1, revision = revision + 1, updated_at = :at,
        needs_code = exists (select 1 from codes where rule_id = :id)
      where id = :id and revision = :revision
      """;

  private static final String UPDATE_STATUS =
      """
      update rules set status = :status, revision = revision + 1, updated_at = :at
      where id = :id and revision = :revision
      """;

  private static final String INSERT_VERSION =
      "insert into rule_versions (rule_id, version, created_at) values (:id, :version, :at)";

  private static final String INSERT_DEFINITION_ROW =
      """
      insert into rule_definition_values (
        rule_id, version, position, json_pointer, value_type, content)
      values (:id, :version, :position, :jsonPointer, :valueType, :content)
      """;

  private RuleWriter() {}

  static void incrementSetVersion(Handle handle) {
    handle.execute(INCREMENT_SET_VERSION);
  }

  /**
   * Inserts a rule.
   *
   * @throws IllegalStateException if a rule with this id exists
   */
  static void insert(Handle handle, RuleId id, RuleStatus status, RuleContent content) {
    try {
      handle
          .createUpdate(INSERT)
          .bind("id", id.toUuid())
          .bind("status", enumName(status))
          .bind("needsCode", content.code() != null)
          .bind("at", timestamp(content.at()))
          .execute();
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new IllegalStateException("rule " + id + " already exists", failure);
      }
      throw failure;
    }
    insertVersion(handle, id, 1, content);
  }

  /**
   * Writes a new version of the definition of a rule.
   *
   * @param old the rule as it was read
   * @throws WriteConflictException if its revision has changed since
   */
  static void replace(Handle handle, StoredRule old, RuleContent content) {
    int rows =
        handle
            .createUpdate(UPDATE)
            .bind("id", old.id().toUuid())
            .bind("revision", old.revision())
            .bind("at", timestamp(content.at()))
            .execute();
    requireUpdated(rows);
    insertVersion(handle, old.id(), old.version() + 1, content);
  }

  /**
   * Updates the status of a rule.
   *
   * @param old the rule as it was read
   * @throws WriteConflictException if its revision has changed since
   */
  static void updateStatus(Handle handle, StoredRule old, RuleStatus status, Instant at) {
    int rows =
        handle
            .createUpdate(UPDATE_STATUS)
            .bind("id", old.id().toUuid())
            .bind("revision", old.revision())
            .bind("status", enumName(status))
            .bind("at", timestamp(at))
            .execute();
    requireUpdated(rows);
  }

  private static void insertVersion(Handle handle, RuleId id, int version, RuleContent content) {
    handle
        .createUpdate(INSERT_VERSION)
        .bind("id", id.toUuid())
        .bind("version", version)
        .bind("at", timestamp(content.at()))
        .execute();
    PreparedBatch batch = handle.prepareBatch(INSERT_DEFINITION_ROW);
    List<RuleDefinitionRow> rows = RuleDefinitionRows.flatten(content.definitionJson());
    for (int position = 0; position < rows.size(); position++) {
      RuleDefinitionRow row = rows.get(position);
      batch
          .bind("id", id.toUuid())
          .bind("version", version)
          .bind("position", position)
          .bind("jsonPointer", row.pointer())
          .bind("valueType", row.kind())
          .bind("content", row.content())
          .add();
    }
    executeBatch(batch);
  }

  private static void requireUpdated(int rows) {
    if (rows == 0) {
      throw new WriteConflictException(null);
    }
  }
}
