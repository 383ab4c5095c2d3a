package kassa.domain.identity;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Id of a session. Not a secret.
 *
 * @param value a UUID, version 7
 */
public record SessionId(UUID value) {

  private static final String PREFIX = "ses";

  /**
   * Parses {@code ses_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is not a valid id of this type
   */
  public static SessionId parse(String text) {
    return new SessionId(TypeId.parse(PREFIX, text));
  }

  /** Returns the id as clients see it: {@code ses_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
