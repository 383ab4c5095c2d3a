package kassa.domain.notation;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Something written down as a tree, in the way of JSON (RFC 8259) and without its characters: what
 * a rule is written in, kept in and answered in. There is no {@code null}: a field is there or not.
 */
public sealed interface Notation {

  /**
   * Values by their names, in the order in which they were written.
   *
   * @param entries the values
   */
  record Fields(SequencedMap<String, Notation> entries) implements Notation {

    public Fields {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }

    /** Values by their names, in the order of the map. */
    public static Fields of(Map<String, Notation> entries) {
      return new Fields(new LinkedHashMap<>(entries));
    }
  }

  /**
   * Values in their order.
   *
   * @param elements the values
   */
  record Items(List<Notation> elements) implements Notation {

    public Items {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A text.
   *
   * @param content the text
   */
  record Text(String content) implements Notation {}

  /**
   * A number, with the digits that it was written with.
   *
   * @param value the number
   */
  record Numeral(BigDecimal value) implements Notation {}

  /**
   * Yes or no.
   *
   * @param value whether it is yes
   */
  record Flag(boolean value) implements Notation {}
}
