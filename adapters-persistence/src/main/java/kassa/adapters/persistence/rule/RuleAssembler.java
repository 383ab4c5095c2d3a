package kassa.adapters.persistence.rule;

import static kassa.adapters.persistence.jdbc.SqlValues.enumColumn;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;

/**
 * The rows of one rule while they are read, and the rule that they make. A rule that cannot be read
 * is damaged; it is never answered.
 */
final class RuleAssembler {

  private final RuleRow row;
  private final List<RuleDefinitionRow> definitionRows = new ArrayList<>();

  RuleAssembler(RuleRow row) {
    this.row = row;
  }

  /** A row of rules, unchecked. */
  record RuleRow(
      UUID id,
      String status,
      int version,
      int revision,
      boolean needsCode,
      Instant createdAt,
      Instant updatedAt) {

    static RuleRow of(ResultSet row) throws SQLException {
      return new RuleRow(
          uuid(row, "id"),
          row.getString("status"),
          row.getInt("version"),
          row.getInt("revision"),
          row.getBoolean("needs_code"),
          instant(row, "created_at"),
          instant(row, "updated_at"));
    }
  }

  void addDefinitionRow(RuleDefinitionRow part) {
    definitionRows.add(part);
  }

  /**
   * The rule.
   *
   * @throws IllegalStateException if it is damaged; the message names it
   */
  StoredRule toRule() {
    RuleId id = RuleId.of(row.id());
    JsonValue.JsonObject json = definitionJson(id, row.version(), definitionRows);
    try {
      return new StoredRule(
          id,
          row.version(),
          row.revision(),
          enumColumn(RuleStatus.class, row.status()),
          row.needsCode(),
          json,
          definition(json),
          row.createdAt(),
          row.updatedAt());
    } catch (IllegalArgumentException damage) {
      throw damaged(id, row.version(), damage);
    }
  }

  /**
   * What a rule says in one of its versions.
   *
   * @throws IllegalStateException if it is damaged; the message names it
   */
  static JsonValue.JsonObject definitionJson(RuleId id, int version, List<RuleDefinitionRow> rows) {
    try {
      return RuleDefinitionRows.unflatten(rows);
    } catch (IllegalArgumentException damage) {
      throw damaged(id, version, damage);
    }
  }

  private static RuleDefinition definition(JsonValue.JsonObject json) {
    Violations flaws = new Violations();
    RuleDefinition definition = RuleReader.read(json, "", flaws);
    if (definition == null) {
      throw new IllegalArgumentException(flaws.reported().toString());
    }
    return definition;
  }

  private static IllegalStateException damaged(RuleId id, int version, Exception damage) {
    return new IllegalStateException(
        "rule " + id + ", version " + version + ", is damaged in the database", damage);
  }
}
