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
 * Request for a refund of an order: of units or of an amount, and of shipping.
 *
 * @param units the number of units by product, 1 or more of each; empty if an amount is given
 * @param amount an amount above zero; {@code null} if units are given
 * @param shipping the part of shipping
 * @param reason the reason, 1 to 500 characters; {@code null} if not given
 */
public record RefundRequest(
    SequencedMap<Sku, Long> units,
    @Nullable Money amount,
    ShippingShare shipping,
    @Nullable String reason) {

  /** The part of shipping to refund. */
  public sealed interface ShippingShare {

    /** No shipping. */
    record None() implements ShippingShare {}

    /**
     * An amount of shipping.
     *
     * @param amount the amount, above zero
     */
    record Part(Money amount) implements ShippingShare {}

    /** All of shipping that is not refunded yet. */
    record Remaining() implements ShippingShare {}
  }

  /**
   * Validates the request.
   *
   * @throws InvalidValueException if nothing is requested, if both units and an amount are given,
   *     or if a number of units or an amount is not above zero
   */
  public RefundRequest {
    units = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(units));
    if (units.isEmpty() && amount == null && shipping instanceof ShippingShare.None) {
      throw new InvalidValueException(
          Reason.EMPTY, "a refund must have lines, an amount, or shipping");
    }
    if (!units.isEmpty() && amount != null) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "a refund must have lines or an amount, not both");
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
