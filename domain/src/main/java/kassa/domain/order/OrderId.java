package kassa.domain.order;

import java.util.UUID;
import kassa.domain.InvalidValueException;
import kassa.domain.TypeId;

/**
 * Id of an order, for programs. Later orders have higher ids.
 *
 * @param value a UUID, version 7
 */
public record OrderId(UUID value) {

  private static final String PREFIX = "ord";

  /**
   * Parses {@code ord_...}.
   *
   * @throws InvalidValueException if the text is not a valid id of this type
   */
  public static OrderId parse(String text) {
    return new OrderId(TypeId.parse(PREFIX, text));
  }

  /** Returns the id as clients see it: {@code ord_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
