package kassa.adapters.http.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.adapters.http.json.ReadOnlyFields;
import kassa.application.port.in.rule.ManageRules;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import kassa.domain.rule.json.RuleReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rule in a request body.
 *
 * @param draft the definition
 * @param status the initial status
 */
public record RuleRequest(ManageRules.Draft draft, RuleStatus status) {

  /**
   * Reads a new rule.
   *
   * @param violations collects the violations
   * @return the rule; {@code null} if there are violations
   */
  public static @Nullable RuleRequest readNew(JsonNode body, Violations violations) {
    JsonValue json = JsonValueConverter.toJsonValue(body);
    JsonObjectReader fields = new JsonObjectReader(json, "", violations);
    RuleDefinition definition = definition(json, fields);
    RuleStatus status = statusOfNew(fields);
    fields.rejectUnknownFields();
    return definition == null || !violations.isEmpty()
        ? null
        : new RuleRequest(draft(definition, json, List.of("status")), status);
  }

  /**
   * Reads a new version of a rule. Read-only fields may be sent with their current values.
   *
   * @param current the current rule
   * @param violations collects the violations
   * @return the new definition; {@code null} if there are violations
   */
  public static ManageRules.@Nullable Draft readVersion(
      JsonNode body, StoredRule current, Violations violations) {
    JsonValue json = JsonValueConverter.toJsonValue(body);
    JsonObjectReader fields = new JsonObjectReader(json, "", violations);
    RuleDefinition definition = definition(json, fields);
    SequencedMap<String, JsonValue> metadata = RuleResponse.of(current).metadata();
    metadata.forEach((name, value) -> ReadOnlyFields.requireCurrent(fields, name, value));
    fields.rejectUnknownFields();
    return definition == null || !violations.isEmpty()
        ? null
        : draft(definition, json, List.copyOf(metadata.keySet()));
  }

  /**
   * Reads the definition of a rule; {@code null} if it is not an object, which the reader already
   * reported.
   */
  static @Nullable RuleDefinition definition(JsonInput json, JsonObjectReader fields) {
    RuleDefinition definition = json.isObject() ? RuleReader.read(fields) : null;
    if (definition != null && definition.code() != null) {
      String code = definition.code().value();
      fields.violations().tryCreate(fields.pointerTo("code"), () -> Code.parseNew(code));
    }
    return definition;
  }

  /** Reads the initial status of a new rule. Default: draft. */
  static RuleStatus statusOfNew(JsonObjectReader fields) {
    RuleStatus status = fields.optionalText("status", RuleRequest::statusOfNew);
    return status == null ? RuleStatus.DRAFT : status;
  }

  private static RuleStatus statusOfNew(String text) {
    return switch (text) {
      case "draft" -> RuleStatus.DRAFT;
      case "active" -> RuleStatus.ACTIVE;
      default ->
          throw new InvalidValueException(
              Reason.OUT_OF_RANGE, "status must be draft or active, or be omitted");
    };
  }

  private static ManageRules.Draft draft(
      RuleDefinition definition, JsonValue json, List<String> metadata) {
    if (!(json instanceof JsonValue.JsonObject fields)) {
      throw new IllegalStateException("the rule is not a JSON object");
    }
    SequencedMap<String, JsonValue> entries = new LinkedHashMap<>(fields.members());
    metadata.forEach(entries::remove);
    return new ManageRules.Draft(definition, new JsonValue.JsonObject(entries));
  }
}
