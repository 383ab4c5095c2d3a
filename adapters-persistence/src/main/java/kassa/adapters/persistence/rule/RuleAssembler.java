package kassa.adapters.persistence.rule;

import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import kassa.domain.PlainText;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import kassa.domain.rule.json.RuleReader;

/** Assembles a rule from its rows, and rejects a damaged rule. */
final class RuleAssembler {

  private final RuleRow row;
  private final List<RuleDefinitionRow> definitionRows = new ArrayList<>();

  RuleAssembler(RuleRow row) {
    this.row = row;
  }

  /** A row of {@code rules}, not validated. */
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

  void addDefinitionRow(RuleDefinitionRow definitionRow) {
    definitionRows.add(definitionRow);
  }

  /**
   * Creates the rule.
   *
   * @throws IllegalStateException if the rule is damaged; the message contains its id
   */
  StoredRule toRule() {
    RuleId id = RuleId.of(row.id());
    JsonValue.JsonObject json = definitionJson(id, row.version(), definitionRows);
    try {
      return new StoredRule(
          id,
          row.version(),
          row.revision(),
          parseEnum(RuleStatus.class, row.status()),
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
   * The definition of a rule in one of its versions.
   *
   * @throws IllegalStateException if the definition is damaged; the message contains the rule id
   */
  static JsonValue.JsonObject definitionJson(RuleId id, int version, List<RuleDefinitionRow> rows) {
    try {
      return RuleDefinitionRows.unflatten(rows);
    } catch (IllegalArgumentException damage) {
      throw damaged(id, version, damage);
    }
  }

  /** Texts of old rules may have invisible characters, which are not compared. */
  private static RuleDefinition definition(JsonValue.JsonObject json) {
    Violations violations = new Violations();
    RuleDefinition definition = RuleReader.read(json, "", violations);
    if (definition == null) {
      definition = RuleReader.read(visible(json), "", new Violations());
    }
    if (definition == null) {
      throw new IllegalArgumentException(violations.reported().toString());
    }
    return definition;
  }

  private static JsonValue visible(JsonValue json) {
    return switch (json) {
      case JsonValue.JsonString(String text) -> new JsonValue.JsonString(PlainText.visible(text));
      case JsonValue.JsonArray(List<JsonValue> elements) ->
          new JsonValue.JsonArray(elements.stream().map(RuleAssembler::visible).toList());
      case JsonValue.JsonObject(SequencedMap<String, JsonValue> members) -> {
        SequencedMap<String, JsonValue> copies = new LinkedHashMap<>();
        members.forEach((name, value) -> copies.put(PlainText.visible(name), visible(value)));
        yield new JsonValue.JsonObject(copies);
      }
      case JsonValue.JsonNumber _, JsonValue.JsonBoolean _ -> json;
    };
  }

  private static IllegalStateException damaged(RuleId id, int version, Exception damage) {
    return new IllegalStateException(
        "rule " + id + ", version " + version + ", is damaged in the database", damage);
  }
}
