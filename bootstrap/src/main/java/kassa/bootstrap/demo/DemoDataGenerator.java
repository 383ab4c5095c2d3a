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
 * Generates the orders of a sample shop, reproducibly: the same seed, number and end give the same
 * orders. Customers return, some of them often; sales rise before Christmas and at weekends. Not
 * thread-safe.
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

  /** Sales of each month, January first, in percent of an average month. */
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

  /** Next orders in chronological order; fewer at the end, then an empty list. */
  List<HistoricalOrder> nextOrders(int max) {
    List<HistoricalOrder> orders = new ArrayList<>(max);
    while (orders.size() < max && generatedCount < orderCount) {
      orders.add(generateOrder(nextTime()));
      generatedCount++;
    }
    return orders;
  }

  private Instant nextTime() {
    // Orders are distributed evenly over the weights of the days.
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

  /** Hour of a share of the day's sales: nine tenths are between 7:00 and 23:00. */
  private static double hourOfDay(double share) {
    if (share < 0.05) {
      return share / 0.05 * 7;
    }
    return share < 0.95 ? 7 + (share - 0.05) / 0.9 * 16 : 23 + (share - 0.95) / 0.05;
  }

  private static double dayWeight(Instant start, int day) {
    var date = start.atZone(ZoneOffset.UTC);
    boolean weekend = date.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    // Sales grow by half in the two years.
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
    CartDraft cart =
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
        id(at),
        new PlaceOrder.Command(cart, null, null, true, null, null),
        at,
        lifecycle.nextLifecycle(at));
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

  /** Random number from 0 up to the bound, exclusive; lower numbers are more frequent. */
  private int skewedRandom(int bound) {
    int one = random.nextInt(bound);
    int other = random.nextInt(bound);
    return Math.min(one, other);
  }

  /** One of eight customers is anonymous; customers with low numbers order more often. */
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

  /** UUID of version 7 with the time of the order. */
  private OrderId id(Instant at) {
    long upper = (at.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000);
    long lower = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new OrderId(new UUID(upper, lower));
  }

  private List<ProductDetails> catalogue() {
    List<ProductDetails> all = new ArrayList<>();
    for (String type : PRODUCT_TYPES) {
      for (String variant : PRODUCT_VARIANTS) {
        all.add(product(type, variant));
      }
    }
    return all;
  }

  private ProductDetails product(String type, String variant) {
    int cents = 299 + 100 * random.nextInt(60);
    @Nullable UnitPrice list = random.nextInt(6) == 0 ? price(cents + 300) : null;
    TreeSet<Tag> tags = new TreeSet<>(List.of(new Tag(type.toLowerCase(Locale.ROOT))));
    tags.add(new Tag(random.nextBoolean() ? "kitchen" : "gift"));
    return new ProductDetails(
        new Sku((type + "-" + variant).toUpperCase(Locale.ROOT)),
        new ProductName(type + ", " + variant),
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
