package kassa.domain.order;

import java.util.UUID;
import kassa.domain.InvalidValueException;
import kassa.domain.TypeId;

/**
 * Names an order for programs. Later orders have higher ids.
 *
 * @param value a UUID, version 7
 */
public record OrderId(UUID value) {

  private static final String PREFIX = "ord";

  /**
   * Reads {@code ord_...}.
   *
   * @throws InvalidValueException if the text is no such id
   */
  public static OrderId parse(String text) {
    return new OrderId(TypeId.parse(PREFIX, text));
  }

  /** The id as the outside sees it: {@code ord_...}. */
  @Override
  public String toString() {
    return TypeId.format(PREFIX, value);
  }
}
