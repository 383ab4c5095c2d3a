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
 * Request for a refund of an order: of products or of an amount, and of shipping.
 *
 * @param thousandths the returned quantity times 1,000 by product, 1 or more of each; empty if an
 *     amount is given
 * @param amount an amount above zero; {@code null} if products are given
 * @param shipping the part of shipping
 * @param reason the reason, 1 to 500 characters; {@code null} if not given
 */
public record RefundRequest(
    SequencedMap<Sku, Long> thousandths,
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
   * @throws InvalidValueException if nothing is requested, if both products and an amount are
   *     given, or if a quantity or an amount is not above zero
   */
  public RefundRequest {
    thousandths = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(thousandths));
    if (thousandths.isEmpty() && amount == null && shipping instanceof ShippingShare.None) {
      throw new InvalidValueException(
          Reason.EMPTY, "a refund must have lines, an amount, or shipping");
    }
    if (!thousandths.isEmpty() && amount != null) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "a refund must have lines or an amount, not both");
    }
    if (thousandths.values().stream().anyMatch(count -> count < 1)
        || (amount != null && !isPositive(amount))
        || (shipping instanceof ShippingShare.Part(Money part) && !isPositive(part))) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a refund must be above zero");
    }
  }

  private static boolean isPositive(Money amount) {
    return !amount.isNegative() && !amount.isZero();
  }
}
