package kassa.adapters.http.json;

import java.util.LinkedHashMap;
import java.util.Map;
import kassa.domain.json.JsonValue;
import tools.jackson.databind.JsonNode;

/**
 * Converts Jackson trees to {@link JsonValue} of the domain, and {@link JsonValue} to plain Java
 * objects.
 */
public final class JsonValueConverter {

  private JsonValueConverter() {}

  /**
   * Converts a Jackson tree. {@code null} fields are omitted; a {@code null} element becomes an
   * empty string, which every reader rejects.
   */
  public static JsonValue toJsonValue(JsonNode node) {
    return JsonValue.copyOf(new JsonNodeInput(node));
  }

  /** Converts to maps, lists, strings, numbers and booleans, to be written as JSON. */
  public static Object toPlainJson(JsonValue json) {
    return switch (json) {
      case JsonValue.JsonObject fields -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        fields.members().forEach((name, value) -> entries.put(name, toPlainJson(value)));
        yield entries;
      }
      case JsonValue.JsonArray items ->
          items.elements().stream().map(JsonValueConverter::toPlainJson).toList();
      case JsonValue.JsonString text -> text.value();
      case JsonValue.JsonNumber number -> number.value();
      case JsonValue.JsonBoolean bool -> bool.value();
    };
  }
}
