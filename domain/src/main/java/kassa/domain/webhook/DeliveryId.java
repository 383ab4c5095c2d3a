package kassa.domain.webhook;

import java.util.UUID;
import kassa.domain.TypeId;

/**
 * Id of the delivery of an event to an endpoint.
 *
 * @param value a UUID, version 7
 */
public record DeliveryId(UUID value) {

  private static final String PREFIX = "whd";

  /**
   * Parses {@code whd_...}.
   *
   * @throws kassa.domain.InvalidValueException if the text is not a valid id of this type
   */
  public static DeliveryId parse(String text) {
    return new DeliveryId(TypeId.parse(PREFIX, text));
  }

  /** Returns the id as clients see it: {@code whd_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
