package kassa.domain.identity;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Id of a user.
 *
 * @param value a UUID, version 7
 */
public record UserId(UUID value) {

  private static final String PREFIX = "usr";

  /**
   * Parses {@code usr_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is not a valid id of this type
   */
  public static UserId parse(String text) {
    return new UserId(TypeId.parse(PREFIX, text));
  }

  /** Returns the id as clients see it: {@code usr_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
