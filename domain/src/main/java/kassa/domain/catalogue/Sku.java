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

  /**
   * Parses the sku of a client: normalized to Unicode NFC, without invisible characters.
   *
   * @throws InvalidValueException if the text is not a valid sku
   */
  public static Sku parse(String text) {
    return new Sku(PlainText.identifier("sku", text, MAX_LENGTH));
  }

  /**
   * Parses the sku of a new product, which becomes part of a path.
   *
   * @throws InvalidValueException if the text is not a valid sku, or is {@code .} or {@code ..}
   */
  public static Sku parseNew(String text) {
    PlainText.requirePathSegment("sku", text);
    return parse(text);
  }

  /**
   * Parses the sku of a search: normalized to Unicode NFC, and with invisible characters, which old
   * orders and products may have.
   *
   * @throws InvalidValueException if the text is empty, too long or not plain
   */
  public static Sku parseSearched(String text) {
    return new Sku(PlainText.normalize(text));
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
