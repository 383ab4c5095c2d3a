package kassa.domain.identity;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Names a session of a person who signed in. It is no secret.
 *
 * @param value a UUID, version 7
 */
public record SessionId(UUID value) {

  private static final String PREFIX = "ses";

  /**
   * Reads {@code ses_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is no such id
   */
  public static SessionId parse(String text) {
    return new SessionId(TypeId.parse(PREFIX, text));
  }

  /** The id as the outside sees it: {@code ses_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
