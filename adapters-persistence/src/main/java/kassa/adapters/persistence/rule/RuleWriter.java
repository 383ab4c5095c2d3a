package kassa.adapters.persistence.rule;

import static kassa.adapters.persistence.jdbc.SqlValues.enumColumn;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import java.util.Set;
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
 * Writes rules, within a transaction: the only class that does. Rows are locked in one order by
 * everybody: codes, the number of the set, rules, counters.
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

  private static final Set<String> UNIQUE_VIOLATION = Set.of("23505");

  private RuleWriter() {}

  static void incrementSetVersion(Handle handle) {
    handle.execute(INCREMENT_SET_VERSION);
  }

  /**
   * Writes a rule that is new.
   *
   * @throws IllegalStateException if there is a rule of this id already
   */
  static void insert(Handle handle, RuleId id, RuleStatus status, RuleContent writing) {
    try {
      handle
          .createUpdate(INSERT)
          .bind("id", id.toUuid())
          .bind("status", enumColumn(status))
          .bind("needsCode", writing.code() != null)
          .bind("at", timestamp(writing.at()))
          .execute();
    } catch (StatementException refused) {
      if (SqlExceptionTranslator.hasSqlState(refused, UNIQUE_VIOLATION)) {
        throw new IllegalStateException("there is a rule " + id + " already", refused);
      }
      throw refused;
    }
    insertVersion(handle, id, 1, writing);
  }

  /**
   * Writes a new definition of a rule.
   *
   * @param old the rule as it was seen
   * @throws WriteConflictException if it is not like that any more
   */
  static void replace(Handle handle, StoredRule old, RuleContent writing) {
    int rows =
        handle
            .createUpdate(UPDATE)
            .bind("id", old.id().toUuid())
            .bind("revision", old.revision())
            .bind("at", timestamp(writing.at()))
            .execute();
    requireUpdated(rows);
    insertVersion(handle, old.id(), old.version() + 1, writing);
  }

  /**
   * Writes another status of a rule.
   *
   * @param old the rule as it was seen
   * @throws WriteConflictException if it is not like that any more
   */
  static void updateStatus(Handle handle, StoredRule old, RuleStatus status, Instant at) {
    int rows =
        handle
            .createUpdate(UPDATE_STATUS)
            .bind("id", old.id().toUuid())
            .bind("revision", old.revision())
            .bind("status", enumColumn(status))
            .bind("at", timestamp(at))
            .execute();
    requireUpdated(rows);
  }

  private static void insertVersion(Handle handle, RuleId id, int version, RuleContent writing) {
    handle
        .createUpdate(INSERT_VERSION)
        .bind("id", id.toUuid())
        .bind("version", version)
        .bind("at", timestamp(writing.at()))
        .execute();
    PreparedBatch batch = handle.prepareBatch(INSERT_DEFINITION_ROW);
    List<RuleDefinitionRow> parts = RuleDefinitionRows.flatten(writing.definitionJson());
    for (int position = 0; position < parts.size(); position++) {
      RuleDefinitionRow part = parts.get(position);
      batch
          .bind("id", id.toUuid())
          .bind("version", version)
          .bind("position", position)
          .bind("jsonPointer", part.pointer())
          .bind("valueType", part.kind())
          .bind("content", part.content())
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
