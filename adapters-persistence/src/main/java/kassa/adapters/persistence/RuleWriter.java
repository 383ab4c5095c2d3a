package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.word;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import kassa.application.port.out.RuleStore.Writing;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/**
 * Writes rules, within a transaction: the only class that does. Rows are locked in one order by
 * everybody: codes, the number of the set, rules, counters.
 */
final class RuleWriter {

  private static final String RAISE_SET = "update rule_set set version = version + 1";

  private static final String INSERT =
      """
      insert into rules (id, status, version, revision, needs_code, created_at, updated_at)
      values (:id, :status, 1, 1, :needsCode, :at, :at)
      """;

  private static final String REPLACE =
      """
      update rules set
        version = version + 1, revision = revision + 1, updated_at = :at,
        needs_code = exists (select 1 from codes where rule_id = :id)
      where id = :id and revision = :revision
      """;

  private static final String MOVE =
      """
      update rules set status = :status, revision = revision + 1, updated_at = :at
      where id = :id and revision = :revision
      """;

  private static final String VERSION =
      "insert into rule_versions (rule_id, version, created_at) values (:id, :version, :at)";

  private static final String PART =
      """
      insert into rule_parts (rule_id, version, position, pointer, kind, content)
      values (:id, :version, :position, :pointer, :kind, :content)
      """;

  private static final Set<String> TAKEN = Set.of("23505");

  private RuleWriter() {}

  static void raiseSet(Handle handle) {
    handle.execute(RAISE_SET);
  }

  /**
   * Writes a rule that is new.
   *
   * @throws IllegalStateException if there is a rule of this id already
   */
  static void insert(Handle handle, RuleId id, RuleStatus status, Writing writing) {
    try {
      handle
          .createUpdate(INSERT)
          .bind("id", id.toUuid())
          .bind("status", word(status))
          .bind("needsCode", writing.code() != null)
          .bind("at", utc(writing.at()))
          .execute();
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
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
   * @throws OvertakenException if it is not like that any more
   */
  static void replace(Handle handle, KeptRule old, Writing writing) {
    int rows =
        handle
            .createUpdate(REPLACE)
            .bind("id", old.id().toUuid())
            .bind("revision", old.revision())
            .bind("at", utc(writing.at()))
            .execute();
    requireOne(rows);
    insertVersion(handle, old.id(), old.version() + 1, writing);
  }

  /**
   * Writes another status of a rule.
   *
   * @param old the rule as it was seen
   * @throws OvertakenException if it is not like that any more
   */
  static void move(Handle handle, KeptRule old, RuleStatus status, Instant at) {
    int rows =
        handle
            .createUpdate(MOVE)
            .bind("id", old.id().toUuid())
            .bind("revision", old.revision())
            .bind("status", word(status))
            .bind("at", utc(at))
            .execute();
    requireOne(rows);
  }

  private static void insertVersion(Handle handle, RuleId id, int version, Writing writing) {
    handle
        .createUpdate(VERSION)
        .bind("id", id.toUuid())
        .bind("version", version)
        .bind("at", utc(writing.at()))
        .execute();
    PreparedBatch batch = handle.prepareBatch(PART);
    List<PartRow> parts = NotationParts.flatten(writing.notation());
    for (int position = 0; position < parts.size(); position++) {
      PartRow part = parts.get(position);
      batch
          .bind("id", id.toUuid())
          .bind("version", version)
          .bind("position", position)
          .bind("pointer", part.pointer())
          .bind("kind", part.kind())
          .bind("content", part.content())
          .add();
    }
    execute(batch);
  }

  private static void requireOne(int rows) {
    if (rows == 0) {
      throw new OvertakenException(null);
    }
  }
}
