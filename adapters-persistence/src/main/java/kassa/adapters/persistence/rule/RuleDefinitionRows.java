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
 * A notation as rows, one for each value, and back. Each list has a row of its own before those of
 * its elements, so that {@code /a/0} is known to be its first element and not a field of the name
 * 0; an object has one only if it is empty.
 */
final class RuleDefinitionRows {

  private RuleDefinitionRows() {}

  /** The rows, in the order in which the values were written. */
  static List<RuleDefinitionRow> flatten(JsonObject fields) {
    List<RuleDefinitionRow> rows = new ArrayList<>();
    add(rows, "", fields);
    return rows;
  }

  /**
   * The notation that these rows are of.
   *
   * @param rows in their order
   * @throws IllegalArgumentException if they are not of one
   */
  static JsonObject unflatten(List<RuleDefinitionRow> rows) {
    PartialContainer root = new PartialContainer(new LinkedHashMap<>(), null);
    for (RuleDefinitionRow part : rows) {
      if (!part.pointer().isEmpty()) {
        insert(root, part);
      } else if (!part.kind().equals(RuleDefinitionRow.OBJECT)) {
        throw new IllegalArgumentException("what a rule says has to be an object");
      }
    }
    return (JsonObject) root.toJson();
  }

  private static void add(List<RuleDefinitionRow> rows, String pointer, JsonValue json) {
    switch (json) {
      case JsonString(String content) ->
          rows.add(new RuleDefinitionRow(pointer, RuleDefinitionRow.TEXT, content));
      case JsonNumber(BigDecimal value) ->
          rows.add(new RuleDefinitionRow(pointer, RuleDefinitionRow.NUMBER, value.toString()));
      case JsonBoolean(boolean value) ->
          rows.add(new RuleDefinitionRow(pointer, RuleDefinitionRow.FLAG, Boolean.toString(value)));
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

  private static void insert(PartialContainer root, RuleDefinitionRow part) {
    String[] names = part.pointer().substring(1).split("/", -1);
    PartialContainer group = root;
    for (int i = 0; i < names.length - 1; i++) {
      group = group.child(unescaped(names[i]));
    }
    group.put(unescaped(names[names.length - 1]), toValue(part));
  }

  private static Object toValue(RuleDefinitionRow part) {
    return switch (part.kind()) {
      case RuleDefinitionRow.OBJECT -> new PartialContainer(new LinkedHashMap<>(), null);
      case RuleDefinitionRow.ARRAY -> new PartialContainer(null, new ArrayList<>());
      case RuleDefinitionRow.TEXT -> new JsonString(content(part));
      case RuleDefinitionRow.NUMBER -> new JsonNumber(new BigDecimal(content(part)));
      case RuleDefinitionRow.FLAG -> new JsonBoolean(flag(content(part)));
      default -> throw new IllegalArgumentException("there is no value of the kind " + part.kind());
    };
  }

  private static String content(RuleDefinitionRow part) {
    if (part.content() == null) {
      throw new IllegalArgumentException("there is no content at " + part.pointer());
    }
    return part.content();
  }

  private static boolean flag(String content) {
    return switch (content) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("a flag must be true or false");
    };
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static String unescaped(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }

  /** An object or a list that is not complete yet: one of the two is not {@code null}. */
  private record PartialContainer(
      @Nullable SequencedMap<String, Object> fields, @Nullable List<Object> elements) {

    /** The group of this name; a new object if there is none. */
    PartialContainer child(String name) {
      Object there = get(name);
      if (there == null) {
        PartialContainer object = new PartialContainer(new LinkedHashMap<>(), null);
        put(name, object);
        return object;
      }
      if (there instanceof PartialContainer group) {
        return group;
      }
      throw new IllegalArgumentException("a value holds others: " + name);
    }

    void put(String name, Object value) {
      if (fields != null && fields.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("two values have one name: " + name);
      }
      if (elements != null) {
        if (!name.equals(Integer.toString(elements.size()))) {
          throw new IllegalArgumentException(
              "element " + elements.size() + " of a list is missing");
        }
        elements.add(value);
      }
    }

    private @Nullable Object get(String name) {
      if (fields != null) {
        return fields.get(name);
      }
      // An element of a list that is not the next one is the last one.
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
      return value instanceof PartialContainer group ? group.toJson() : (JsonValue) value;
    }
  }
}
