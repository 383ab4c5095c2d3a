package kassa.domain.webhook;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Id of a webhook endpoint. Not a secret.
 *
 * @param value a UUID, version 7
 */
public record WebhookEndpointId(UUID value) {

  private static final String PREFIX = "whe";

  /**
   * Parses {@code whe_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is not a valid id of this type
   */
  public static WebhookEndpointId parse(String text) {
    return new WebhookEndpointId(TypeId.parse(PREFIX, text));
  }

  /** Returns the id as clients see it: {@code whe_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
