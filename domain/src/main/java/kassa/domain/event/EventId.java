package kassa.domain.event;

import java.util.UUID;
import kassa.domain.InvalidValueException;
import kassa.domain.TypeId;

/**
 * Id of an event, unique and stable: the same event has the same id each time it is delivered.
 *
 * @param value a UUID, version 7
 */
public record EventId(UUID value) {

  private static final String PREFIX = "evt";

  /**
   * Parses {@code evt_...}.
   *
   * @throws InvalidValueException if the text is not a valid id of this type
   */
  public static EventId parse(String text) {
    return new EventId(TypeId.parse(PREFIX, text));
  }

  /** Returns the id as clients see it: {@code evt_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
