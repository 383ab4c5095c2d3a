package kassa.adapters.http.rule;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.domain.json.JsonValue;
import kassa.domain.rule.StoredRule;

/**
 * Rule in a response: its metadata, followed by the fields of its definition as they were sent, but
 * a quantity that was sent as a string is a number.
 */
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

  private static final Set<String> QUANTITY_FIELDS = Set.of("minQuantity", "anyLineMinQuantity");

  /** Name of the tiers of an effect whose {@code from} is a quantity. */
  private static final String QUANTITY_TIERS = "tiers of tiered_quantity";

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
        .forEach(
            (name, value) -> fields.put(name, JsonValueConverter.toPlainJson(typed(name, value))));
    return fields;
  }

  /** Returns the value with its quantities as numbers, at any depth. */
  private static JsonValue typed(String name, JsonValue value) {
    return switch (value) {
      case JsonValue.JsonObject object when name.equals("metadata") -> object;
      case JsonValue.JsonObject object -> typed(name, object);
      case JsonValue.JsonArray array ->
          new JsonValue.JsonArray(
              array.elements().stream().map(element -> typed(name, element)).toList());
      default -> value;
    };
  }

  private static JsonValue typed(String name, JsonValue.JsonObject object) {
    boolean isQuantityTiers =
        new JsonValue.JsonString("tiered_quantity").equals(object.members().get("type"));
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    object
        .members()
        .forEach((field, value) -> {
          boolean isQuantity =
              QUANTITY_FIELDS.contains(field)
                  || (name.equals("skuQuantity") && field.equals("min"));
          String child = isQuantityTiers && field.equals("tiers") ? QUANTITY_TIERS : field;
          boolean isFrom = name.equals(QUANTITY_TIERS) && field.equals("from");
          members.put(field, isQuantity || isFrom ? toNumber(value) : typed(child, value));
        });
    return new JsonValue.JsonObject(members);
  }

  private static JsonValue toNumber(JsonValue value) {
    return value instanceof JsonValue.JsonString(String text)
        ? new JsonValue.JsonNumber(new BigDecimal(text))
        : value;
  }
}
