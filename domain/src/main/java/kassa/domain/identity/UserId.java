package kassa.domain.identity;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Names a person who can sign in.
 *
 * @param value a UUID, version 7
 */
public record UserId(UUID value) {

  private static final String PREFIX = "usr";

  /**
   * Reads {@code usr_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is no such id
   */
  public static UserId parse(String text) {
    return new UserId(TypeId.parse(PREFIX, text));
  }

  /** The id as the outside sees it: {@code usr_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
