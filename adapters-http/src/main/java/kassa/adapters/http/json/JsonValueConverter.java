package kassa.adapters.http.json;

import java.math.BigDecimal;
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
      case JsonValue.JsonNumber(BigDecimal number) -> toPlainNumber(number);
      case JsonValue.JsonBoolean bool -> bool.value();
    };
  }

  /** Writes a whole number such as {@code 1E+2} or {@code 1.0} as clients read an integer. */
  private static Number toPlainNumber(BigDecimal number) {
    return number.stripTrailingZeros().scale() > 0 ? number : number.toBigIntegerExact();
  }
}
