package kassa.domain.catalogue;

import java.util.Arrays;
import kassa.domain.InvalidValueException;
import kassa.domain.PlainText;

/**
 * Stock keeping unit: the identifier of a product. Case-sensitive. Skus are sorted by code points,
 * independent of the language, so that all databases return the same order.
 *
 * @param value 1 to 64 characters on one line
 */
public record Sku(String value) implements Comparable<Sku> {

  /** The maximum length, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * Validates the text.
   *
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
