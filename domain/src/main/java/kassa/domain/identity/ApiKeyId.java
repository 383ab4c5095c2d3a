package kassa.domain.identity;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Id of an API key. Not a secret.
 *
 * @param value a UUID, version 7
 */
public record ApiKeyId(UUID value) {

  private static final String PREFIX = "key";

  /**
   * Parses {@code key_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is not a valid id of this type
   */
  public static ApiKeyId parse(String text) {
    return new ApiKeyId(TypeId.parse(PREFIX, text));
  }

  /** Returns the id as clients see it: {@code key_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
