package kassa.domain.pricing;

import java.util.UUID;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.TypeId;

/**
 * Names a discount rule.
 *
 * @param value a UUID, version 7
 */
public record RuleId(UUID value) {

  private static final String PREFIX = "rul";

  /**
   * Reads {@code rul_...}.
   *
   * @throws InvalidValueException if the text is no such id
   */
  public static RuleId parse(String text) {
    return new RuleId(TypeId.parse(PREFIX, text));
  }

  /** The id as the outside sees it: {@code rul_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
