package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to buy. A cart that can be written down can be priced: its size and its
 * amount are bounded here, so that no later sum overflows.
 *
 * @param currency the currency of every price in it
 * @param lines 1 to 500 lines; the same sku may stand in several
 * @param shipping what it costs to bring it; {@code null} if it is not brought
 * @param pricesIncludeTax whether the prices of the lines contain their tax
 */
public record Cart(
    Currency currency,
    List<CartLine> lines,
    @Nullable Shipping shipping,
    boolean pricesIncludeTax) {

  /** The most lines of a cart. */
  public static final int MAX_LINES = 500;

  /** The greatest amount of a cart before discounts, in minor units: 10<sup>18</sup>. */
  public static final long MAX_SUBTOTAL = 1_000_000_000_000_000_000L;

  /**
   * @throws InvalidValueException if there are no lines or too many, or if they cost too much
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
    Money subtotal = Money.zero(currency);
    for (CartLine line : lines) {
      subtotal = subtotal.plus(line.subtotal());
      if (subtotal.minorUnits() > MAX_SUBTOTAL) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE,
            "lines must cost at most " + new Money(MAX_SUBTOTAL, currency) + " together");
      }
    }
    if (shipping != null && !shipping.amount().currency().equals(currency)) {
      throw new IllegalArgumentException("shipping must be paid in the currency of the cart");
    }
  }

  /** A cart that is not brought, of goods without tax. */
  public Cart(Currency currency, List<CartLine> lines) {
    this(currency, lines, null, false);
  }

  /** The same cart with another line in this place. */
  public Cart withLine(int place, CartLine line) {
    List<CartLine> others = new ArrayList<>(lines);
    others.set(place, line);
    return new Cart(currency, others, shipping, pricesIncludeTax);
  }
}
