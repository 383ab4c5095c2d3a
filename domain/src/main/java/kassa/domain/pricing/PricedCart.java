package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * A cart with its price, and why it is that price. The sums of the lines and of shipping are the
 * sums of the cart.
 *
 * @param currency the currency of every amount in it
 * @param lines at least one, in the cart's order, and behind them those that rules have added
 * @param shipping what it costs to bring it; {@code null} if it is not brought
 */
public record PricedCart(
    Currency currency, List<PricedLine> lines, @Nullable PricedShipping shipping) {

  /**
   * @throws InvalidValueException if there is no line, or if they cost more than a cart may
   * @throws IllegalArgumentException if a line is in another currency
   */
  public PricedCart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "lines must hold at least one line");
    }
    if (sum(currency, lines, PricedLine::subtotal).minorUnits() > Cart.MAX_SUBTOTAL) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "lines must not cost more than a cart may");
    }
  }

  /** A cart that is not brought. */
  public PricedCart(Currency currency, List<PricedLine> lines) {
    this(currency, lines, null);
  }

  /** What the lines cost before discounts. */
  public Money subtotal() {
    return sum(currency, lines, PricedLine::subtotal);
  }

  /** All that came off, shipping included. */
  public Money discountTotal() {
    Money offLines = sum(currency, lines, PricedLine::discountTotal);
    return shipping == null ? offLines : offLines.plus(shipping.discountTotal());
  }

  /** What is charged for shipping, after discounts. */
  public Money shippingTotal() {
    return shipping == null ? Money.zero(currency) : shipping.total();
  }

  /** The tax on all lines, contained in their prices or not. */
  public Money taxTotal() {
    return sum(currency, lines, PricedLine::taxTotal);
  }

  /** What is to be paid. */
  public Money total() {
    return sum(currency, lines, PricedLine::total).plus(shippingTotal());
  }

  /** Whether the prices contain the tax. */
  public boolean pricesIncludeTax() {
    return lines.getFirst().tax().isIncluded();
  }

  /**
   * What came off the whole cart, by rule, version, label and code, in the order of first
   * appearance.
   */
  public List<Discount> discounts() {
    record Cause(RuleId rule, int ruleVersion, String label, @Nullable Code code) {}
    Map<Cause, Money> sums = new LinkedHashMap<>();
    for (Discount discount : allDiscounts()) {
      Cause cause =
          new Cause(discount.rule(), discount.ruleVersion(), discount.label(), discount.code());
      sums.merge(cause, discount.amount(), Money::plus);
    }
    List<Discount> discounts = new ArrayList<>();
    sums.forEach((cause, amount) ->
        discounts.add(
            new Discount(cause.rule, cause.ruleVersion, cause.label, cause.code, amount)));
    return List.copyOf(discounts);
  }

  /**
   * What two carts of the same price have in common, as 32 hexadecimal digits: what is bought, and
   * what each line, shipping and the whole cost. Which rules made it so does not count.
   */
  public String fingerprint() {
    StringBuilder text = new StringBuilder(currency.getCurrencyCode());
    for (PricedLine line : lines) {
      text.append('\n').append(line.line().sku()).append('\n');
      text.append(line.line().quantity().thousandths()).append(' ');
      text.append(line.line().unitPrice().micros()).append(' ');
      text.append(line.discountTotal().minorUnits()).append(' ');
      text.append(line.taxTotal().minorUnits()).append(' ').append(line.tax().isIncluded());
    }
    text.append('\n').append(shippingTotal().minorUnits());
    return hash(text, 0xcbf29ce484222325L) + hash(text, 0x84222325cbf29ce4L);
  }

  /** The 64-bit FNV-1a hash of a text, begun with some basis. */
  private static String hash(CharSequence text, long basis) {
    long hash = basis;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return HexFormat.of().toHexDigits(hash);
  }

  private List<Discount> allDiscounts() {
    List<Discount> all = new ArrayList<>();
    lines.forEach(line -> all.addAll(line.discounts()));
    if (shipping != null) {
      all.addAll(shipping.discounts());
    }
    return all;
  }

  private static Money sum(
      Currency currency, List<PricedLine> lines, Function<PricedLine, Money> part) {
    Money sum = Money.zero(currency);
    for (PricedLine line : lines) {
      sum = sum.plus(part.apply(line));
    }
    return sum;
  }
}
