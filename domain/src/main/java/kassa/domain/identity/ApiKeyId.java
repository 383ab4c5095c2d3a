package kassa.domain.identity;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Names the key of a program. It is no secret.
 *
 * @param value a UUID, version 7
 */
public record ApiKeyId(UUID value) {

  private static final String PREFIX = "key";

  /**
   * Reads {@code key_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is no such id
   */
  public static ApiKeyId parse(String text) {
    return new ApiKeyId(TypeId.parse(PREFIX, text));
  }

  /** The id as the outside sees it: {@code key_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
