package kassa.domain.catalogue;

import java.util.Arrays;
import kassa.domain.InvalidValueException;
import kassa.domain.PlainText;

/**
 * A stock keeping unit: the shop's own name of a thing that it sells. Upper and lower case differ.
 * Skus are sorted by their code points, whatever the language, so that every store has one order.
 *
 * @param value 1 to 64 characters on one line
 */
public record Sku(String value) implements Comparable<Sku> {

  /** The longest sku, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * @throws InvalidValueException if the text is empty, too long or not plain
   */
  public Sku {
    PlainText.singleLine("sku", value, MAX_LENGTH);
  }

  @Override
  public int compareTo(Sku other) {
    return Arrays.compare(value.codePoints().toArray(), other.value.codePoints().toArray());
  }

  @Override
  public String toString() {
    return value;
  }
}
