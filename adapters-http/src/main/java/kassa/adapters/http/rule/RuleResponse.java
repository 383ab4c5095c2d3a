package kassa.adapters.http.rule;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.domain.json.JsonValue;
import kassa.domain.rule.StoredRule;

/**
 * A rule as it is answered: what is known of it, and behind that its definition as it was written.
 */
public record RuleResponse(
    String id,
    int version,
    String status,
    boolean needsCode,
    String createdAt,
    String updatedAt,
    @JsonAnyGetter Map<String, Object> definition) {

  /** The fields that tell of a rule and not what it says. */
  static final List<String> METADATA_FIELDS =
      List.of("id", "version", "status", "needsCode", "createdAt", "updatedAt");

  /** Writes a rule down. */
  public static RuleResponse of(StoredRule rule) {
    return new RuleResponse(
        rule.id().toString(),
        rule.version(),
        EnumNames.of(rule.status()),
        rule.needsCode(),
        rule.createdAt().toString(),
        rule.updatedAt().toString(),
        fields(rule.definitionJson()));
  }

  /** What is known of the rule, by the names of its fields. */
  SequencedMap<String, JsonValue> metadata() {
    SequencedMap<String, JsonValue> envelope = new LinkedHashMap<>();
    envelope.put("id", new JsonValue.JsonString(id));
    envelope.put("version", new JsonValue.JsonNumber(BigDecimal.valueOf(version)));
    envelope.put("status", new JsonValue.JsonString(status));
    envelope.put("needsCode", new JsonValue.JsonBoolean(needsCode));
    envelope.put("createdAt", new JsonValue.JsonString(createdAt));
    envelope.put("updatedAt", new JsonValue.JsonString(updatedAt));
    return envelope;
  }

  static Map<String, Object> fields(JsonValue.JsonObject notation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    notation
        .members()
        .forEach((name, value) -> fields.put(name, JsonValueConverter.toPlainJson(value)));
    return fields;
  }
}
