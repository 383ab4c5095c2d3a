package kassa.domain.pricing;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import org.jspecify.annotations.Nullable;

/**
 * Shipping costs before discounts.
 *
 * @param amount zero or more, at most {@link Cart#MAX_SUBTOTAL}
 * @param method the shipping method, 1 to 64 characters on one line; {@code null} if not given
 * @param taxRate the tax rate; {@code null} for no tax
 */
public record Shipping(Money amount, @Nullable String method, @Nullable Percentage taxRate) {

  /** The maximum length of a method, in characters. */
  public static final int MAX_METHOD_LENGTH = 64;

  /**
   * Validates the amount and the method.
   *
   * @throws InvalidValueException if the amount is out of range, or the method not plain
   */
  public Shipping {
    if (amount.isNegative() || amount.minorUnits() > Cart.MAX_SUBTOTAL) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE,
          "amount must be from 0 to " + new Money(Cart.MAX_SUBTOTAL, amount.currency()));
    }
    if (method != null) {
      PlainText.singleLine("method", method, MAX_METHOD_LENGTH);
    }
  }

  /** Creates shipping costs without tax. */
  public Shipping(Money amount, @Nullable String method) {
    this(amount, method, null);
  }
}
