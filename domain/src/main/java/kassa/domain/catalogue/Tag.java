package kassa.domain.catalogue;

import kassa.domain.InvalidValueException;
import kassa.domain.PlainText;

/**
 * Tag that groups products, so that a rule can select them together. Case-sensitive.
 *
 * @param value 1 to 64 characters on one line
 */
public record Tag(String value) implements Comparable<Tag> {

  /** The maximum length, in characters. */
  public static final int MAX_LENGTH = 64;

  /**
   * Validates the text.
   *
   * @throws InvalidValueException if the text is empty, too long or not plain
   */
  public Tag {
    PlainText.singleLine("tag", value, MAX_LENGTH);
  }

  /**
   * Parses the tag of a client: normalized to Unicode NFC, without invisible characters.
   *
   * @throws InvalidValueException if the text is not a valid tag
   */
  public static Tag parse(String text) {
    return new Tag(PlainText.identifier("tag", text, MAX_LENGTH));
  }

  @Override
  public int compareTo(Tag other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
