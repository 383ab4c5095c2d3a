package kassa.domain.rule;

import java.util.UUID;
import kassa.domain.InvalidValueException;
import kassa.domain.PlainText;
import kassa.domain.TypeId;

/**
 * Names a discount rule through all its versions. A rule that is kept has an id of the form {@code
 * rul_...}; one that is only tried out may have any.
 *
 * @param value 1 to 64 characters on one line
 */
public record RuleId(String value) {

  private static final String PREFIX = "rul";
  private static final int MAX_LENGTH = 64;

  /**
   * @throws InvalidValueException if the text is empty, too long or not plain
   */
  public RuleId {
    PlainText.singleLine("id", value, MAX_LENGTH);
  }

  /**
   * The id of a rule that is kept.
   *
   * @param id a UUID, version 7
   */
  public static RuleId of(UUID id) {
    return new RuleId(TypeId.format(PREFIX, id));
  }

  /**
   * Reads {@code rul_...}.
   *
   * @throws InvalidValueException if the text is no such id
   */
  public static RuleId parse(String text) {
    return of(TypeId.parse(PREFIX, text));
  }

  /**
   * The UUID of a rule that is kept.
   *
   * @throws InvalidValueException if this is the id of a rule that is only tried out
   */
  public UUID toUuid() {
    return TypeId.parse(PREFIX, value);
  }

  /** The id as the outside sees it: {@code rul_...}. */
  @Override
  public String toString() {
    return value;
  }
}
