package kassa.adapters.http.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import kassa.domain.json.JsonValue;
import tools.jackson.databind.JsonNode;

/** JSON as the domain reads it, and back. */
public final class JsonValueConverter {

  private JsonValueConverter() {}

  /**
   * The same tree. Fields that are {@code null} are left out; such an element is an empty text,
   * which nothing takes.
   */
  public static JsonValue toJsonValue(JsonNode node) {
    if (node.isObject()) {
      SequencedMap<String, JsonValue> entries = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!entry.getValue().isNull()) {
          entries.put(entry.getKey(), toJsonValue(entry.getValue()));
        }
      }
      return new JsonValue.JsonObject(entries);
    }
    if (node.isArray()) {
      List<JsonValue> elements = new ArrayList<>(node.size());
      node.forEach(element -> elements.add(toJsonValue(element)));
      return new JsonValue.JsonArray(elements);
    }
    if (node.isBoolean()) {
      return new JsonValue.JsonBoolean(node.booleanValue());
    }
    return node.isNumber()
        ? new JsonValue.JsonNumber(node.decimalValue())
        : new JsonValue.JsonString(node.asString());
  }

  /** The same tree of maps, lists, texts, numbers and flags, to be written as JSON. */
  public static Object toPlainJson(JsonValue notation) {
    return switch (notation) {
      case JsonValue.JsonObject fields -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        fields.members().forEach((name, value) -> entries.put(name, toPlainJson(value)));
        yield entries;
      }
      case JsonValue.JsonArray items ->
          items.elements().stream().map(JsonValueConverter::toPlainJson).toList();
      case JsonValue.JsonString text -> text.value();
      case JsonValue.JsonNumber numeral -> numeral.value();
      case JsonValue.JsonBoolean flag -> flag.value();
    };
  }
}
