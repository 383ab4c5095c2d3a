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

/** Rule in a response: its metadata, followed by the fields of its definition as they were sent. */
public record RuleResponse(
    String id,
    int version,
    String status,
    boolean needsCode,
    String createdAt,
    String updatedAt,
    @JsonAnyGetter Map<String, Object> definition) {

  /** Names of the fields that are metadata and not part of the definition. */
  static final List<String> METADATA_FIELDS =
      List.of("id", "version", "status", "needsCode", "createdAt", "updatedAt");

  /** Converts a rule to its response. */
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

  /** Returns the metadata of the rule by field name. */
  SequencedMap<String, JsonValue> metadata() {
    SequencedMap<String, JsonValue> metadata = new LinkedHashMap<>();
    metadata.put("id", new JsonValue.JsonString(id));
    metadata.put("version", new JsonValue.JsonNumber(BigDecimal.valueOf(version)));
    metadata.put("status", new JsonValue.JsonString(status));
    metadata.put("needsCode", new JsonValue.JsonBoolean(needsCode));
    metadata.put("createdAt", new JsonValue.JsonString(createdAt));
    metadata.put("updatedAt", new JsonValue.JsonString(updatedAt));
    return metadata;
  }

  static Map<String, Object> fields(JsonValue.JsonObject json) {
    Map<String, Object> fields = new LinkedHashMap<>();
    json.members()
        .forEach((name, value) -> fields.put(name, JsonValueConverter.toPlainJson(value)));
    return fields;
  }
}
