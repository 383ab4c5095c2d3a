package kassa.adapters.persistence.rule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import kassa.domain.json.JsonValue;
import kassa.domain.json.JsonValue.JsonArray;
import kassa.domain.json.JsonValue.JsonBoolean;
import kassa.domain.json.JsonValue.JsonNumber;
import kassa.domain.json.JsonValue.JsonObject;
import kassa.domain.json.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/**
 * Converts a JSON object to rows, one for each value, and back. Each array has its own row before
 * the rows of its elements. This distinguishes {@code /a/0} as its first element from a field named
 * 0. An object has a row only if it is empty.
 */
final class RuleDefinitionRows {

  private RuleDefinitionRows() {}

  /** The rows, in the order of the values in the document. */
  static List<RuleDefinitionRow> flatten(JsonObject fields) {
    List<RuleDefinitionRow> rows = new ArrayList<>();
    add(rows, "", fields);
    return rows;
  }

  /**
   * Restores the JSON object.
   *
   * @param rows the rows in their order
   * @throws IllegalArgumentException if the rows contradict each other
   */
  static JsonObject unflatten(List<RuleDefinitionRow> rows) {
    PartialContainer root = new PartialContainer(new LinkedHashMap<>(), null);
    for (RuleDefinitionRow row : rows) {
      if (!row.pointer().isEmpty()) {
        insert(root, row);
      } else if (!row.kind().equals(RuleDefinitionRow.OBJECT)) {
        throw new IllegalArgumentException("a rule definition must be a JSON object");
      }
    }
    return (JsonObject) root.toJson();
  }

  private static void add(List<RuleDefinitionRow> rows, String pointer, JsonValue json) {
    switch (json) {
      case JsonString(String content) ->
          rows.add(new RuleDefinitionRow(pointer, RuleDefinitionRow.STRING, content));
      case JsonNumber(BigDecimal value) ->
          rows.add(new RuleDefinitionRow(pointer, RuleDefinitionRow.NUMBER, value.toString()));
      case JsonBoolean(boolean value) ->
          rows.add(
              new RuleDefinitionRow(pointer, RuleDefinitionRow.BOOLEAN, Boolean.toString(value)));
      case JsonArray(List<JsonValue> elements) -> {
        rows.add(new RuleDefinitionRow(pointer, RuleDefinitionRow.ARRAY, null));
        for (int i = 0; i < elements.size(); i++) {
          add(rows, pointer + "/" + i, elements.get(i));
        }
      }
      case JsonObject(SequencedMap<String, JsonValue> entries) -> {
        if (entries.isEmpty()) {
          rows.add(new RuleDefinitionRow(pointer, RuleDefinitionRow.OBJECT, null));
        }
        entries.forEach((name, value) -> add(rows, pointer + "/" + escaped(name), value));
      }
    }
  }

  private static void insert(PartialContainer root, RuleDefinitionRow row) {
    String[] names = row.pointer().substring(1).split("/", -1);
    PartialContainer container = root;
    for (int i = 0; i < names.length - 1; i++) {
      container = container.child(unescaped(names[i]));
    }
    container.put(unescaped(names[names.length - 1]), toValue(row));
  }

  private static Object toValue(RuleDefinitionRow row) {
    return switch (row.kind()) {
      case RuleDefinitionRow.OBJECT -> new PartialContainer(new LinkedHashMap<>(), null);
      case RuleDefinitionRow.ARRAY -> new PartialContainer(null, new ArrayList<>());
      case RuleDefinitionRow.STRING -> new JsonString(content(row));
      case RuleDefinitionRow.NUMBER -> new JsonNumber(new BigDecimal(content(row)));
      case RuleDefinitionRow.BOOLEAN -> new JsonBoolean(parseBoolean(content(row)));
      default -> throw new IllegalArgumentException("unknown value type " + row.kind());
    };
  }

  private static String content(RuleDefinitionRow row) {
    if (row.content() == null) {
      throw new IllegalArgumentException("no content at " + row.pointer());
    }
    return row.content();
  }

  private static boolean parseBoolean(String content) {
    return switch (content) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("a boolean must be true or false");
    };
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static String unescaped(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }

  /** An incomplete object or array: exactly one component is not {@code null}. */
  private record PartialContainer(
      @Nullable SequencedMap<String, Object> fields, @Nullable List<Object> elements) {

    /** The container with this name; a new object if it does not exist. */
    PartialContainer child(String name) {
      Object existing = get(name);
      if (existing == null) {
        PartialContainer object = new PartialContainer(new LinkedHashMap<>(), null);
        put(name, object);
        return object;
      }
      if (existing instanceof PartialContainer container) {
        return container;
      }
      throw new IllegalArgumentException("a scalar value has children: " + name);
    }

    void put(String name, Object value) {
      if (fields != null && fields.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("duplicate name: " + name);
      }
      if (elements != null) {
        if (!name.equals(Integer.toString(elements.size()))) {
          throw new IllegalArgumentException(
              "element " + elements.size() + " of an array is missing");
        }
        elements.add(value);
      }
    }

    private @Nullable Object get(String name) {
      if (fields != null) {
        return fields.get(name);
      }
      // Children of an array element follow it, so only the last element can have more.
      return elements == null
              || elements.isEmpty()
              || !name.equals(Integer.toString(elements.size() - 1))
          ? null
          : elements.getLast();
    }

    JsonValue toJson() {
      if (elements != null) {
        return new JsonArray(elements.stream().map(PartialContainer::toJsonValue).toList());
      }
      SequencedMap<String, JsonValue> entries = new LinkedHashMap<>();
      if (fields != null) {
        fields.forEach((name, value) -> entries.put(name, toJsonValue(value)));
      }
      return new JsonObject(entries);
    }

    private static JsonValue toJsonValue(Object value) {
      return value instanceof PartialContainer container ? container.toJson() : (JsonValue) value;
    }
  }
}
