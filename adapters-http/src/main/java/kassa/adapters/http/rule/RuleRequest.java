package kassa.adapters.http.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.application.port.in.rule.ManageRules;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule as it is sent.
 *
 * @param draft what it says
 * @param status how far it has come
 */
public record RuleRequest(ManageRules.Draft draft, RuleStatus status) {

  /**
   * Reads a rule that is to be created.
   *
   * @param faults takes all that is wrong with it
   * @return the rule; {@code null} if anything is wrong
   */
  public static @Nullable RuleRequest readNew(JsonNode body, Faults faults) {
    Violations flaws = new Violations();
    JsonValue notation = JsonValueConverter.toJsonValue(body);
    JsonObjectReader fields = new JsonObjectReader(notation, "", flaws);
    RuleDefinition definition = definition(notation, fields);
    RuleStatus status = statusOfNew(fields);
    fields.rejectUnknownFields();
    faults.addAll(flaws);
    return definition == null || !flaws.isEmpty()
        ? null
        : new RuleRequest(draft(definition, notation, List.of("status")), status);
  }

  /**
   * Reads a new version of a rule. What cannot be changed may be sent back as it was answered.
   *
   * @param now the rule as it is
   * @param faults takes all that is wrong with it
   * @return what the rule is to say; {@code null} if anything is wrong
   */
  public static ManageRules.@Nullable Draft readVersion(
      JsonNode body, StoredRule now, Faults faults) {
    Violations flaws = new Violations();
    JsonValue notation = JsonValueConverter.toJsonValue(body);
    JsonObjectReader fields = new JsonObjectReader(notation, "", flaws);
    RuleDefinition definition = definition(notation, fields);
    SequencedMap<String, JsonValue> envelope = RuleResponse.of(now).metadata();
    envelope.forEach((name, value) -> refuseReadOnlyChange(value, name, fields));
    fields.rejectUnknownFields();
    faults.addAll(flaws);
    return definition == null || !flaws.isEmpty()
        ? null
        : draft(definition, notation, List.copyOf(envelope.keySet()));
  }

  /** Reads what a rule says; what is no object says nothing, which its reader tells already. */
  static @Nullable RuleDefinition definition(JsonValue notation, JsonObjectReader fields) {
    return notation instanceof JsonValue.JsonObject ? RuleReader.read(fields) : null;
  }

  /** Reads the status that a rule may be created with: a draft, unless another is sent. */
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
              Reason.OUT_OF_RANGE, "status must be draft or active, or be left out");
    };
  }

  private static void refuseReadOnlyChange(JsonValue now, String name, JsonObjectReader fields) {
    JsonValue sent = fields.value(name);
    if (sent != null && !isSame(sent, now)) {
      fields
          .violations()
          .addInvalid(
              fields.pointerTo(name),
              "read_only",
              name + " cannot be changed like this; send it as it was answered, or leave it out");
    }
  }

  private static boolean isSame(JsonValue sent, JsonValue now) {
    if (sent instanceof JsonValue.JsonNumber(var number)
        && now instanceof JsonValue.JsonNumber(var numberNow)) {
      return number.compareTo(numberNow) == 0;
    }
    return sent.equals(now);
  }

  private static ManageRules.Draft draft(
      RuleDefinition definition, JsonValue notation, List<String> envelope) {
    if (!(notation instanceof JsonValue.JsonObject fields)) {
      throw new IllegalStateException("a rule was read that has no fields");
    }
    SequencedMap<String, JsonValue> entries = new LinkedHashMap<>(fields.members());
    envelope.forEach(entries::remove);
    return new ManageRules.Draft(definition, new JsonValue.JsonObject(entries));
  }
}
