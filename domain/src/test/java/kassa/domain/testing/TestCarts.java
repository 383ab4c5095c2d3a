package kassa.domain.testing;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;

/** Carts for tests: explicit and generated ones. */
public final class TestCarts {

  public static final Currency USD = Currency.getInstance("USD");
  public static final Currency JPY = Currency.getInstance("JPY");
  static final Currency BHD = Currency.getInstance("BHD");
  static final Currency CLF = Currency.getInstance("CLF");

  private static final List<Currency> CURRENCIES = List.of(USD, JPY, BHD, CLF);
  private static final List<String> SKUS = List.of("MUG", "TEE", "CAP");

  /** The maximum price in micros that is valid in all of the currencies. */
  private static final long MAX_MICROS = 100_000_000_000_000L;

  /** Quantities around the thresholds of the default rule, in thousandths. */
  private static final List<Long> AROUND_TIERS =
      List.of(9_000L, 9_999L, 10_000L, 10_001L, 49_999L, 50_000L, 50_001L, 51_000L);

  private TestCarts() {}

  public static Cart of(CartLine... lines) {
    return new Cart(lines[0].unitPrice().currency(), List.of(lines));
  }

  public static CartLine line(String sku, String quantity, String unitPrice, Currency currency) {
    return new CartLine(
        new Sku(sku), Quantity.parse(quantity), UnitPrice.parse(unitPrice, currency));
  }

  public static CaseGenerator<Cart> generated() {
    return new CaseGenerator<>(TestCarts::generate, TestCarts::shrink);
  }

  private static Cart generate(RandomGenerator random) {
    Currency currency = CaseGenerator.oneOf(random, CURRENCIES);
    List<CartLine> lines = new ArrayList<>();
    lines.add(generateLine(random, currency));
    int more = random.nextInt(8);
    while (lines.size() <= more) {
      lines.add(random.nextInt(4) == 0 ? lines.getLast() : generateLine(random, currency));
    }
    return new Cart(currency, lines);
  }

  private static CartLine generateLine(RandomGenerator random, Currency currency) {
    long thousandths =
        random.nextBoolean()
            ? CaseGenerator.oneOf(random, AROUND_TIERS)
            : Math.max(1, CaseGenerator.anyMagnitude(random, Quantity.MAX_THOUSANDTHS));
    return new CartLine(
        new Sku(CaseGenerator.oneOf(random, SKUS)),
        new Quantity(thousandths),
        new UnitPrice(CaseGenerator.anyMagnitude(random, maxMicros(currency)), currency));
  }

  /** The maximum price for which eight lines of the maximum quantity are a valid cart. */
  private static long maxMicros(Currency currency) {
    return currency.equals(CLF) ? MAX_MICROS / 8 : MAX_MICROS;
  }

  private static Stream<Cart> shrink(Cart cart) {
    return Stream.concat(
            CaseGenerator.shorterLists(cart.lines()),
            CaseGenerator.withOneSimpler(cart.lines(), TestCarts::shrinkLine))
        .filter(lines -> !lines.isEmpty())
        .map(lines -> new Cart(cart.currency(), lines));
  }

  private static Stream<CartLine> shrinkLine(CartLine line) {
    return Stream.concat(
        CaseGenerator.closerNumbers(1, line.quantity().thousandths())
            .map(less -> new CartLine(line.sku(), new Quantity(less), line.unitPrice())),
        CaseGenerator.closerNumbers(0, line.unitPrice().micros())
            .map(less ->
                new CartLine(
                    line.sku(),
                    line.quantity(),
                    new UnitPrice(less, line.unitPrice().currency()))));
  }
}
