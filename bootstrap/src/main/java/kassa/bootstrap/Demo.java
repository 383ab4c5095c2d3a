package kassa.bootstrap;

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
import kassa.application.port.in.Basket;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.RecordOrders.PastOrder;
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
final class Demo {

  static final Duration SPAN = Duration.ofDays(730);
  static final Currency EUR = Currency.getInstance("EUR");

  private static final List<String> KINDS =
      List.of("Mug", "Pot", "Tea", "Coffee", "Kettle", "Bowl", "Spoon", "Towel", "Jar", "Tray");
  private static final List<String> LOOKS =
      List.of("blue", "white", "green", "oak", "small", "large", "plain", "striped");
  private static final List<String> CHANNELS = List.of("web", "web", "web", "app", "app", "till");
  private static final List<String> CODES = List.of("WELCOME", "SPRING10", "SHIPFREE", "spring10");

  /** How much is sold in each month, in per cent of an average one. */
  private static final int[] SEASONS = {80, 75, 90, 95, 100, 90, 80, 80, 95, 105, 140, 170};

  private final SplittableRandom random;
  private final DemoFates fates;
  private final long count;
  private final Instant begin;
  private final List<ProductDetails> products;
  private final double[] days;
  private final double allDays;
  private final int customers;
  private long made;
  private double passed;
  private int day;

  Demo(long seed, long count, Instant end) {
    this.random = new SplittableRandom(seed);
    this.fates = new DemoFates(seed, end);
    this.count = count;
    this.begin = end.minus(SPAN).truncatedTo(ChronoUnit.DAYS);
    this.products = catalogue();
    this.customers = (int) Math.max(10, Math.min(count / 6, 200_000));
    this.days = new double[(int) SPAN.toDays()];
    double sum = 0;
    for (int i = 0; i < days.length; i++) {
      days[i] = weight(begin.plus(i, ChronoUnit.DAYS), i);
      sum += days[i];
    }
    this.allDays = sum;
  }

  List<ProductDetails> products() {
    return products;
  }

  /** The next orders, in the order of their times; fewer at the end, and then none. */
  List<PastOrder> next(int most) {
    List<PastOrder> orders = new ArrayList<>(most);
    while (orders.size() < most && made < count) {
      orders.add(order(nextTime()));
      made++;
    }
    return orders;
  }

  private Instant nextTime() {
    // The orders are spread evenly over the weight of the days, and so rise with them.
    double place = (made + random.nextDouble()) / count * allDays;
    while (day < days.length - 1 && passed + days[day] < place) {
      passed += days[day];
      day++;
    }
    double share = Math.min(0.999_999, Math.max(0, (place - passed) / days[day]));
    long micros = (long) (hours(share) * 3_600_000_000L);
    return begin.plus(day, ChronoUnit.DAYS).plus(micros, ChronoUnit.MICROS);
  }

  /** Little at night: from 7 to 23 o'clock nine tenths are sold. */
  private static double hours(double share) {
    if (share < 0.05) {
      return share / 0.05 * 7;
    }
    return share < 0.95 ? 7 + (share - 0.05) / 0.9 * 16 : 23 + (share - 0.95) / 0.05;
  }

  private static double weight(Instant start, int day) {
    var date = start.atZone(ZoneOffset.UTC);
    boolean weekend = date.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    // The shop grows by a half in the two years.
    return SEASONS[date.getMonthValue() - 1] * (weekend ? 1.4 : 1.0) * (1 + day / 1_460.0);
  }

  private PastOrder order(Instant at) {
    int lines = 1 + lowOf(4);
    List<Basket.Item> items = new ArrayList<>(lines);
    for (int i = 0; i < lines; i++) {
      items.add(new Basket.Item.Priced(line()));
    }
    Basket basket =
        new Basket(
            EUR,
            items,
            codes(),
            customer(),
            random.nextInt(10) < 8 ? new Shipping(new Money(490, EUR), "parcel") : null,
            CHANNELS.get(random.nextInt(CHANNELS.size())),
            true,
            Metadata.of(Map.of()));
    return new PastOrder(
        id(at), new PlaceOrder.Command(basket, null, null, true), at, fates.next(at));
  }

  private CartLine line() {
    ProductDetails product = products.get(lowOf(products.size()));
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
  private int lowOf(int bound) {
    int one = random.nextInt(bound);
    int other = random.nextInt(bound);
    return Math.min(one, other);
  }

  /** One in eight is a guest; of the others, those with low numbers come most. */
  private Customer customer() {
    if (random.nextInt(8) == 0) {
      return Customer.UNKNOWN;
    }
    double luck = random.nextDouble();
    int number = (int) (luck * luck * customers);
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
    for (String kind : KINDS) {
      for (String look : LOOKS) {
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
