package kassa.domain.order;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What is to be given back for an order.
 *
 * @param units how many units of which products, 1 or more of each; or else
 * @param amount a plain amount, above zero
 * @param shipping what of shipping
 * @param reason why, if somebody says; 1 to 500 characters
 */
public record RefundRequest(
    SequencedMap<Sku, Long> units,
    @Nullable Money amount,
    ShippingShare shipping,
    @Nullable String reason) {

  /** How much of shipping is to be given back. */
  public sealed interface ShippingShare {

    /** Nothing. */
    record None() implements ShippingShare {}

    /**
     * A part of it.
     *
     * @param amount above zero
     */
    record Part(Money amount) implements ShippingShare {}

    /** All that was not given back before. */
    record Remaining() implements ShippingShare {}
  }

  /**
   * @throws InvalidValueException if nothing is asked for, or units and an amount at once, or less
   *     of something than there can be
   */
  public RefundRequest {
    units = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(units));
    if (units.isEmpty() && amount == null && shipping instanceof ShippingShare.None) {
      throw new InvalidValueException(
          Reason.EMPTY, "a refund must be of lines, of an amount, or of shipping");
    }
    if (!units.isEmpty() && amount != null) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "a refund must be of lines or of an amount, not of both");
    }
    if (units.values().stream().anyMatch(count -> count < 1)
        || (amount != null && !isPositive(amount))
        || (shipping instanceof ShippingShare.Part(Money part) && !isPositive(part))) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a refund must be above zero");
    }
  }

  private static boolean isPositive(Money amount) {
    return !amount.isNegative() && !amount.isZero();
  }
}
