package kassa.adapters.persistence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import kassa.domain.notation.Notation;
import kassa.domain.notation.Notation.Fields;
import kassa.domain.notation.Notation.Flag;
import kassa.domain.notation.Notation.Items;
import kassa.domain.notation.Notation.Numeral;
import kassa.domain.notation.Notation.Text;
import org.jspecify.annotations.Nullable;

/**
 * A notation as rows, one for each value, and back. Each list has a row of its own before those of
 * its elements, so that {@code /a/0} is known to be its first element and not a field of the name
 * 0; an object has one only if it is empty.
 */
final class NotationParts {

  private NotationParts() {}

  /** The rows, in the order in which the values were written. */
  static List<PartRow> flatten(Fields fields) {
    List<PartRow> parts = new ArrayList<>();
    add(parts, "", fields);
    return parts;
  }

  /**
   * The notation that these rows are of.
   *
   * @param parts in their order
   * @throws IllegalArgumentException if they are not of one
   */
  static Fields unflatten(List<PartRow> parts) {
    Group root = new Group(new LinkedHashMap<>(), null);
    for (PartRow part : parts) {
      if (!part.pointer().isEmpty()) {
        place(root, part);
      } else if (!part.kind().equals(PartRow.OBJECT)) {
        throw new IllegalArgumentException("what a rule says has to be an object");
      }
    }
    return (Fields) root.toNotation();
  }

  private static void add(List<PartRow> parts, String pointer, Notation notation) {
    switch (notation) {
      case Text(String content) -> parts.add(new PartRow(pointer, PartRow.TEXT, content));
      case Numeral(BigDecimal value) ->
          parts.add(new PartRow(pointer, PartRow.NUMBER, value.toString()));
      case Flag(boolean value) ->
          parts.add(new PartRow(pointer, PartRow.FLAG, Boolean.toString(value)));
      case Items(List<Notation> elements) -> {
        parts.add(new PartRow(pointer, PartRow.ARRAY, null));
        for (int i = 0; i < elements.size(); i++) {
          add(parts, pointer + "/" + i, elements.get(i));
        }
      }
      case Fields(SequencedMap<String, Notation> entries) -> {
        if (entries.isEmpty()) {
          parts.add(new PartRow(pointer, PartRow.OBJECT, null));
        }
        entries.forEach((name, value) -> add(parts, pointer + "/" + escaped(name), value));
      }
    }
  }

  private static void place(Group root, PartRow part) {
    String[] names = part.pointer().substring(1).split("/", -1);
    Group group = root;
    for (int i = 0; i < names.length - 1; i++) {
      group = group.group(unescaped(names[i]));
    }
    group.put(unescaped(names[names.length - 1]), value(part));
  }

  private static Object value(PartRow part) {
    return switch (part.kind()) {
      case PartRow.OBJECT -> new Group(new LinkedHashMap<>(), null);
      case PartRow.ARRAY -> new Group(null, new ArrayList<>());
      case PartRow.TEXT -> new Text(content(part));
      case PartRow.NUMBER -> new Numeral(new BigDecimal(content(part)));
      case PartRow.FLAG -> new Flag(flag(content(part)));
      default -> throw new IllegalArgumentException("there is no value of the kind " + part.kind());
    };
  }

  private static String content(PartRow part) {
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
  private record Group(
      @Nullable SequencedMap<String, Object> fields, @Nullable List<Object> elements) {

    /** The group of this name; a new object if there is none. */
    Group group(String name) {
      Object there = get(name);
      if (there == null) {
        Group object = new Group(new LinkedHashMap<>(), null);
        put(name, object);
        return object;
      }
      if (there instanceof Group group) {
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

    Notation toNotation() {
      if (elements != null) {
        return new Items(elements.stream().map(Group::notation).toList());
      }
      SequencedMap<String, Notation> entries = new LinkedHashMap<>();
      if (fields != null) {
        fields.forEach((name, value) -> entries.put(name, notation(value)));
      }
      return new Fields(entries);
    }

    private static Notation notation(Object value) {
      return value instanceof Group group ? group.toNotation() : (Notation) value;
    }
  }
}
