package kassa.domain.rule;

import java.util.UUID;
import kassa.domain.InvalidValueException;
import kassa.domain.PlainText;
import kassa.domain.TypeId;

/**
 * Id of a discount rule, the same for all versions. A stored rule has an id of the form {@code
 * rul_...}; a rule of a what-if quote may have any id.
 *
 * @param value 1 to 64 characters on one line
 */
public record RuleId(String value) {

  private static final String PREFIX = "rul";
  private static final int MAX_LENGTH = 64;

  /**
   * Validates the text.
   *
   * @throws InvalidValueException if the text is empty, too long or not plain
   */
  public RuleId {
    PlainText.singleLine("id", value, MAX_LENGTH);
  }

  /**
   * Returns the id of a stored rule.
   *
   * @param id a UUID, version 7
   */
  public static RuleId of(UUID id) {
    return new RuleId(TypeId.format(PREFIX, id));
  }

  /**
   * Parses {@code rul_...}.
   *
   * @throws InvalidValueException if the text is not a valid id of this type
   */
  public static RuleId parse(String text) {
    return of(TypeId.parse(PREFIX, text));
  }

  /**
   * Returns the UUID of a stored rule.
   *
   * @throws InvalidValueException if this is not the id of a stored rule
   */
  public UUID toUuid() {
    return TypeId.parse(PREFIX, value);
  }

  /** Returns the id as clients see it: {@code rul_...}. */
  @Override
  public String toString() {
    return value;
  }
}
