package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Priced cart with its discounts. The totals of the cart are the sums of its lines and shipping.
 *
 * @param currency the currency of all amounts
 * @param lines at least one line: the lines of the cart in order, then the free gifts
 * @param shipping the priced shipping; {@code null} if there is no shipping
 */
public record PricedCart(
    Currency currency, List<PricedLine> lines, @Nullable PricedShipping shipping) {

  /**
   * Validates the lines.
   *
   * @throws InvalidValueException if there is no line, or if the subtotal is too high
   * @throws IllegalArgumentException if a line is in another currency
   */
  public PricedCart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "lines must hold at least one line");
    }
    if (sum(currency, lines, PricedLine::subtotal).minorUnits() > Cart.MAX_SUBTOTAL) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE,
          "the subtotal of lines must be at most " + new Money(Cart.MAX_SUBTOTAL, currency));
    }
  }

  /** Creates a cart without shipping. */
  public PricedCart(Currency currency, List<PricedLine> lines) {
    this(currency, lines, null);
  }

  /** Returns the price of the lines before discounts. */
  public Money subtotal() {
    return sum(currency, lines, PricedLine::subtotal);
  }

  /** Returns the total of all discounts, including those on shipping. */
  public Money discountTotal() {
    Money lineDiscounts = sum(currency, lines, PricedLine::discountTotal);
    return shipping == null ? lineDiscounts : lineDiscounts.plus(shipping.discountTotal());
  }

  /** Returns the number of lines and of discounts of lines and shipping: the size of the cart. */
  public int rowCount() {
    int count = lines.size() + (shipping == null ? 0 : shipping.discounts().size());
    for (PricedLine line : lines) {
      count += line.discounts().size();
    }
    return count;
  }

  /** Returns the price of shipping after discounts, with tax. */
  public Money shippingTotal() {
    return shipping == null ? Money.zero(currency) : shipping.total();
  }

  /** Returns the tax of all lines and of shipping, included in their prices or not. */
  public Money taxTotal() {
    Money lineTaxes = sum(currency, lines, PricedLine::taxTotal);
    return shipping == null ? lineTaxes : lineTaxes.plus(shipping.taxTotal());
  }

  /** Returns the totals of lines and shipping by tax rate, lowest rate first. */
  public List<TaxRateTotal> taxRates() {
    SortedMap<Long, TaxRateTotal> totals = new TreeMap<>();
    for (PricedLine line : lines) {
      addTo(totals, line.line().taxRate(), line.total(), line.taxTotal());
    }
    if (shipping != null) {
      addTo(totals, shipping.shipping().taxRate(), shipping.total(), shipping.taxTotal());
    }
    return List.copyOf(totals.values());
  }

  private static void addTo(
      SortedMap<Long, TaxRateTotal> totals, @Nullable Percentage rate, Money total, Money tax) {
    if (rate != null) {
      totals.merge(
          rate.tenThousandths(), new TaxRateTotal(rate, total.minus(tax), tax), TaxRateTotal::plus);
    }
  }

  /** Returns the total to pay. */
  public Money total() {
    return sum(currency, lines, PricedLine::total).plus(shippingTotal());
  }

  /** Returns whether the prices include tax. */
  public boolean pricesIncludeTax() {
    return lines.getFirst().tax().isIncluded();
  }

  /**
   * Returns the discounts of the whole cart, merged by rule, version, label and code, in the order
   * of first appearance.
   */
  public List<Discount> discounts() {
    List<Discount> all = allDiscounts();
    if (all.size() <= 1) {
      return List.copyOf(all);
    }
    record MergeKey(RuleId rule, int ruleVersion, String label, @Nullable Code code) {}
    Map<MergeKey, Money> sums = new LinkedHashMap<>();
    for (Discount discount : all) {
      MergeKey key =
          new MergeKey(discount.rule(), discount.ruleVersion(), discount.label(), discount.code());
      sums.merge(key, discount.amount(), Money::plus);
    }
    List<Discount> discounts = new ArrayList<>();
    sums.forEach((key, amount) ->
        discounts.add(new Discount(key.rule, key.ruleVersion, key.label, key.code, amount)));
    return List.copyOf(discounts);
  }

  /**
   * Returns a hash of the products and prices, as 32 hexadecimal digits: skus, quantities, and the
   * prices of each line and of shipping. It does not depend on which rules gave the discounts.
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
    if (shipping != null && !shipping.taxTotal().isZero()) {
      text.append(' ').append(shipping.taxTotal().minorUnits());
    }
    return hash(text.toString());
  }

  /** Returns the 64-bit FNV-1a hashes of a text with two offset bases. */
  private static String hash(String text) {
    long first = 0xcbf29ce484222325L;
    long second = 0x84222325cbf29ce4L;
    for (int i = 0; i < text.length(); i++) {
      first = (first ^ text.charAt(i)) * 0x100000001b3L;
      second = (second ^ text.charAt(i)) * 0x100000001b3L;
    }
    return HexFormat.of().toHexDigits(first) + HexFormat.of().toHexDigits(second);
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
    long sum = 0;
    for (PricedLine line : lines) {
      sum = Math.addExact(sum, part.apply(line).minorUnitsIn(currency));
    }
    return new Money(sum, currency);
  }
}
