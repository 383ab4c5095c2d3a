package kassa.bootstrap.demo;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import kassa.application.port.in.order.ImportHistoricalOrders.HistoricalOrder;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.pricing.CartDraft;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.ProductName;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Metadata;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.Shipping;
import kassa.domain.rule.Code;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a shop that never was: the same ones for the same seed, number and end. Customers
 * come back, some of them often; more is sold before Christmas and at weekends.
 */
final class DemoDataGenerator {

  static final Duration SPAN = Duration.ofDays(730);
  static final Currency EUR = Currency.getInstance("EUR");

  private static final List<String> PRODUCT_TYPES =
      List.of("Mug", "Pot", "Tea", "Coffee", "Kettle", "Bowl", "Spoon", "Towel", "Jar", "Tray");
  private static final List<String> PRODUCT_VARIANTS =
      List.of("blue", "white", "green", "oak", "small", "large", "plain", "striped");
  private static final List<String> CHANNELS = List.of("web", "web", "web", "app", "app", "till");
  private static final List<String> CODES = List.of("WELCOME", "SPRING10", "SHIPFREE", "spring10");

  /** How much is sold in each month, in per cent of an average one. */
  private static final int[] MONTHLY_DEMAND_PERCENT = {
    80, 75, 90, 95, 100, 90, 80, 80, 95, 105, 140, 170
  };

  private final SplittableRandom random;
  private final DemoOrderLifecycle lifecycle;
  private final long orderCount;
  private final Instant startTime;
  private final List<ProductDetails> products;
  private final double[] dayWeights;
  private final double totalWeight;
  private final int customerCount;
  private long generatedCount;
  private double passedWeight;
  private int day;

  DemoDataGenerator(long seed, long count, Instant end) {
    this.random = new SplittableRandom(seed);
    this.lifecycle = new DemoOrderLifecycle(seed, end);
    this.orderCount = count;
    this.startTime = end.minus(SPAN).truncatedTo(ChronoUnit.DAYS);
    this.products = catalogue();
    this.customerCount = (int) Math.max(10, Math.min(count / 6, 200_000));
    this.dayWeights = new double[(int) SPAN.toDays()];
    double sum = 0;
    for (int i = 0; i < dayWeights.length; i++) {
      dayWeights[i] = dayWeight(startTime.plus(i, ChronoUnit.DAYS), i);
      sum += dayWeights[i];
    }
    this.totalWeight = sum;
  }

  List<ProductDetails> products() {
    return products;
  }

  /** The next orders, in the order of their times; fewer at the end, and then none. */
  List<HistoricalOrder> nextOrders(int max) {
    List<HistoricalOrder> orders = new ArrayList<>(max);
    while (orders.size() < max && generatedCount < orderCount) {
      orders.add(generateOrder(nextTime()));
      generatedCount++;
    }
    return orders;
  }

  private Instant nextTime() {
    // The orders are spread evenly over the weight of the days, and so rise with them.
    double targetWeight = (generatedCount + random.nextDouble()) / orderCount * totalWeight;
    while (day < dayWeights.length - 1 && passedWeight + dayWeights[day] < targetWeight) {
      passedWeight += dayWeights[day];
      day++;
    }
    double share =
        Math.min(0.999_999, Math.max(0, (targetWeight - passedWeight) / dayWeights[day]));
    long micros = (long) (hourOfDay(share) * 3_600_000_000L);
    return startTime.plus(day, ChronoUnit.DAYS).plus(micros, ChronoUnit.MICROS);
  }

  /** Little at night: from 7 to 23 o'clock nine tenths are sold. */
  private static double hourOfDay(double share) {
    if (share < 0.05) {
      return share / 0.05 * 7;
    }
    return share < 0.95 ? 7 + (share - 0.05) / 0.9 * 16 : 23 + (share - 0.95) / 0.05;
  }

  private static double dayWeight(Instant start, int day) {
    var date = start.atZone(ZoneOffset.UTC);
    boolean weekend = date.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    // The shop grows by a half in the two years.
    return MONTHLY_DEMAND_PERCENT[date.getMonthValue() - 1]
        * (weekend ? 1.4 : 1.0)
        * (1 + day / 1_460.0);
  }

  private HistoricalOrder generateOrder(Instant at) {
    int lines = 1 + skewedRandom(4);
    List<CartDraft.Item> items = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      items.add(new CartDraft.Item.Priced(generateLine()));
    }
    CartDraft basket =
        new CartDraft(
            EUR,
            items,
            codes(),
            customer(),
            random.nextInt(10) < 8 ? new Shipping(new Money(490, EUR), "parcel") : null,
            CHANNELS.get(random.nextInt(CHANNELS.size())),
            true,
            Metadata.of(Map.of()));
    return new HistoricalOrder(
        id(at), new PlaceOrder.Command(basket, null, null, true), at, lifecycle.nextLifecycle(at));
  }

  private CartLine generateLine() {
    ProductDetails product = products.get(skewedRandom(products.size()));
    int quantity = random.nextInt(25) == 0 ? 10 + random.nextInt(50) : 1 + random.nextInt(3);
    return new CartLine(
        product.sku(),
        Quantity.of(quantity),
        product.unitPrice(),
        product.tags(),
        product.listPrice(),
        false,
        product.minUnitPrice(),
        product.taxRate());
  }

  /** A number below the bound: the lower, the likelier. */
  private int skewedRandom(int bound) {
    int one = random.nextInt(bound);
    int other = random.nextInt(bound);
    return Math.min(one, other);
  }

  /** One in eight is a guest; of the others, those with low numbers come most. */
  private Customer customer() {
    if (random.nextInt(8) == 0) {
      return Customer.ANONYMOUS;
    }
    double skew = random.nextDouble();
    int number = (int) (skew * skew * customerCount);
    return new Customer("c-" + (1_000 + number), number % 20 == 0 ? "wholesale" : null, null);
  }

  private SequencedSet<Code> codes() {
    SequencedSet<Code> codes = new LinkedHashSet<>();
    if (random.nextInt(8) == 0) {
      codes.add(new Code(CODES.get(random.nextInt(CODES.size()))));
    }
    return codes;
  }

  /** A UUID of version 7: its time is that of the order. */
  private OrderId id(Instant at) {
    long upper = (at.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000);
    long lower = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new OrderId(new UUID(upper, lower));
  }

  private List<ProductDetails> catalogue() {
    List<ProductDetails> all = new ArrayList<>();
    for (String kind : PRODUCT_TYPES) {
      for (String look : PRODUCT_VARIANTS) {
        all.add(product(kind, look));
      }
    }
    return all;
  }

  private ProductDetails product(String kind, String look) {
    int cents = 299 + 100 * random.nextInt(60);
    @Nullable UnitPrice list = random.nextInt(6) == 0 ? price(cents + 300) : null;
    TreeSet<Tag> tags = new TreeSet<>(List.of(new Tag(kind.toLowerCase(Locale.ROOT))));
    tags.add(new Tag(random.nextBoolean() ? "kitchen" : "gift"));
    return new ProductDetails(
        new Sku((kind + "-" + look).toUpperCase(Locale.ROOT)),
        new ProductName(kind + ", " + look),
        price(cents),
        tags,
        list,
        null,
        Percentage.parse("19"),
        true);
  }

  private static UnitPrice price(int cents) {
    return UnitPrice.of(BigDecimal.valueOf(cents, 2), EUR);
  }
}
