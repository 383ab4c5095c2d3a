package kassa.domain.order;

import java.time.Instant;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Refund of an order.
 *
 * @param version the version of the order after the refund; unique among the refunds of the order
 * @param at the time of the refund, to the microsecond
 * @param actor the name of the caller; {@code null} if unknown
 * @param reason the reason, 1 to 500 characters; {@code null} if not given
 * @param lines the returned quantities, each sku once
 * @param amount the refunded amount that belongs to no product
 * @param shipping the refunded part of shipping, with tax
 * @param tax the tax in the total: that of the products and of shipping, and a proportional part of
 *     the amount
 * @param shippingTax the tax in {@code shipping}
 */
public record Refund(
    int version,
    Instant at,
    @Nullable String actor,
    @Nullable String reason,
    List<Line> lines,
    Money amount,
    Money shipping,
    Money tax,
    Money shippingTax) {

  /**
   * Returned quantity of one product.
   *
   * @param sku the product
   * @param thousandths the quantity times 1,000, 1 or more
   * @param amount the price that was paid for it, with tax
   * @param tax the tax in the amount
   */
  public record Line(Sku sku, long thousandths, Money amount, Money tax) {

    /**
     * Validates the quantity and the amount.
     *
     * @throws InvalidValueException if the quantity is not above zero, or if the amount is negative
     */
    public Line {
      if (thousandths < 1 || amount.isNegative() || !isPart(tax, amount)) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE,
            "a refund line must have a quantity, no negative amount and at most as much tax");
      }
    }

    /** Creates a line without tax. */
    public Line(Sku sku, long thousandths, Money amount) {
      this(sku, thousandths, amount, Money.zero(amount.currency()));
    }
  }

  /**
   * Validates the amounts.
   *
   * @throws InvalidValueException if an amount is negative, or lower than its tax
   */
  public Refund {
    lines = List.copyOf(lines);
    if (amount.isNegative() || shipping.isNegative()) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "a refund must not be negative");
    }
    if (!isPart(tax, total(lines, amount, shipping)) || !isPart(shippingTax, shipping)) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "the tax of a refund must be from zero to its amount");
    }
  }

  /** Creates a refund without tax. */
  public Refund(
      int version,
      Instant at,
      @Nullable String actor,
      @Nullable String reason,
      List<Line> lines,
      Money amount,
      Money shipping) {
    this(
        version,
        at,
        actor,
        reason,
        lines,
        amount,
        shipping,
        Money.zero(amount.currency()),
        Money.zero(amount.currency()));
  }

  /** Returns the total of the refund, with tax. */
  public Money total() {
    return total(lines, amount, shipping);
  }

  private static boolean isPart(Money part, Money whole) {
    return !part.isNegative() && !whole.minus(part).isNegative();
  }

  private static Money total(List<Line> lines, Money amount, Money shipping) {
    Money sum = amount.plus(shipping);
    for (Line line : lines) {
      sum = sum.plus(line.amount());
    }
    return sum;
  }
}
