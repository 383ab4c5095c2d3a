package kassa.adapters.http.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import kassa.domain.notation.Notation;
import tools.jackson.databind.JsonNode;

/** JSON as the domain reads it, and back. */
public final class JsonNotation {

  private JsonNotation() {}

  /**
   * The same tree. Fields that are {@code null} are left out; such an element is an empty text,
   * which nothing takes.
   */
  public static Notation of(JsonNode node) {
    if (node.isObject()) {
      SequencedMap<String, Notation> entries = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!entry.getValue().isNull()) {
          entries.put(entry.getKey(), of(entry.getValue()));
        }
      }
      return new Notation.Fields(entries);
    }
    if (node.isArray()) {
      List<Notation> elements = new ArrayList<>(node.size());
      node.forEach(element -> elements.add(of(element)));
      return new Notation.Items(elements);
    }
    if (node.isBoolean()) {
      return new Notation.Flag(node.booleanValue());
    }
    return node.isNumber()
        ? new Notation.Numeral(node.decimalValue())
        : new Notation.Text(node.asString());
  }

  /** The same tree of maps, lists, texts, numbers and flags, to be written as JSON. */
  public static Object toJson(Notation notation) {
    return switch (notation) {
      case Notation.Fields fields -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        fields.entries().forEach((name, value) -> entries.put(name, toJson(value)));
        yield entries;
      }
      case Notation.Items items -> items.elements().stream().map(JsonNotation::toJson).toList();
      case Notation.Text text -> text.content();
      case Notation.Numeral numeral -> numeral.value();
      case Notation.Flag flag -> flag.value();
    };
  }
}
