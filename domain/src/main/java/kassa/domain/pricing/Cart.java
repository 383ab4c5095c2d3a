package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Shopping cart. Its size and its subtotal are bounded, so that no sum overflows during pricing.
 *
 * @param currency the currency of all prices
 * @param lines 1 to 500 lines; several lines may have the same sku
 * @param shipping the shipping costs; {@code null} if there is no shipping
 * @param pricesIncludeTax whether the prices of the lines include tax
 */
public record Cart(
    Currency currency,
    List<CartLine> lines,
    @Nullable Shipping shipping,
    boolean pricesIncludeTax) {

  /** The maximum number of lines. */
  public static final int MAX_LINES = 500;

  /**
   * Maximum number of discounts of a priced cart: 50 rules on each of 500 lines. A discount is the
   * share of one rule in one line or in shipping.
   */
  public static final int MAX_DISCOUNTS = 25_000;

  /** The maximum subtotal before discounts, in minor units: 10<sup>18</sup>. */
  public static final long MAX_SUBTOTAL = 1_000_000_000_000_000_000L;

  /**
   * Validates the lines, the subtotal and the currencies.
   *
   * @throws InvalidValueException if there are no lines or too many, or if the subtotal is too high
   * @throws IllegalArgumentException if a price is in another currency
   */
  public Cart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "lines must hold at least one line");
    }
    if (lines.size() > MAX_LINES) {
      throw new InvalidValueException(
          Reason.TOO_MANY, "lines must hold at most " + MAX_LINES + " lines");
    }
    long subtotal = 0;
    for (CartLine line : lines) {
      subtotal = Math.addExact(subtotal, line.subtotal().minorUnitsIn(currency));
      if (subtotal > MAX_SUBTOTAL) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE,
            "the subtotal of lines must be at most " + new Money(MAX_SUBTOTAL, currency));
      }
    }
    if (shipping != null && !shipping.amount().currency().equals(currency)) {
      throw new IllegalArgumentException("shipping must be in the currency of the cart");
    }
  }

  /** Creates a cart without shipping, at prices without tax. */
  public Cart(Currency currency, List<CartLine> lines) {
    this(currency, lines, null, false);
  }

  /** Returns the same cart with another line at an index. */
  public Cart withLine(int index, CartLine line) {
    List<CartLine> others = new ArrayList<>(lines);
    others.set(index, line);
    return new Cart(currency, others, shipping, pricesIncludeTax);
  }
}
