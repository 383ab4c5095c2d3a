package kassa.bench;

import com.fasterxml.uuid.Generators;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord.Result.PlacedOrder;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderContext;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSort;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Policy;
import kassa.domain.usage.LimitUsage;
import kassa.domain.usage.Redemption;

/**
 * Measures the CPU time of the order store: of this process and of the PostgreSQL server. Writes
 * groups of priced orders, as the group commit does, and reads orders by id and pages of 50.
 * Arguments: URL, process id of the PostgreSQL server or 0, groups, orders of a group, whether each
 * order has an idempotency key, whether each order has an event.
 */
final class OrderStoreBenchmark {

  private static final Currency USD = Currency.getInstance("USD");
  private static final int PAGE = 50;

  private final OrderStore store;
  private final RuleSet rules;
  private final long server;
  private final int groupSize;
  private final boolean keyed;
  private final boolean withEvents;
  private final Random random = new Random(7);
  private final List<OrderId> stored = new ArrayList<>();

  private OrderStoreBenchmark(Persistence persistence, String[] arguments) {
    store = persistence.stores().orders();
    rules =
        new RuleSet(
            1,
            persistence.stores().rules().rules().readActiveRules().rules().stream()
                .map(rule -> rule.toRule())
                .toList(),
            Policy.DEFAULT);
    server = Long.parseLong(arguments[1]);
    groupSize = Integer.parseInt(arguments[3]);
    keyed = Boolean.parseBoolean(arguments[4]);
    withEvents = Boolean.parseBoolean(arguments[5]);
  }

  public static void main(String[] arguments) throws IOException {
    int groups = Integer.parseInt(arguments[2]);
    try (Persistence persistence = Persistence.open(new PersistenceConfig(arguments[0], 4))) {
      OrderStoreBenchmark benchmark = new OrderStoreBenchmark(persistence, arguments);
      // Warm-up.
      benchmark.write(groups);
      benchmark.write(groups).print("write");
      benchmark.readById(groups * 10);
      benchmark.readById(groups * 10).print("by_id");
      benchmark.readPages(groups * 5);
      benchmark.readPages(groups).print("page");
    }
  }

  /** CPU microseconds of one operation: of the thread, and of the PostgreSQL server. */
  private record Cost(double thread, double server, double millis) {

    void print(String name) {
      System.out.printf(
          Locale.ROOT,
          "%s java_us %.1f postgresql_us %.1f wall_us %.1f%n",
          name,
          thread,
          server,
          millis);
    }
  }

  private Cost write(int groups) throws IOException {
    List<List<OrderInsert>> prepared = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      prepared.add(group());
    }
    return measure(
        groups * groupSize,
        () -> {
          for (List<OrderInsert> group : prepared) {
            for (InsertResult result : store.insertAll(group)) {
              stored.add(((InsertResult.Inserted) result).order().id());
            }
          }
          return prepared;
        });
  }

  private Cost readById(int reads) throws IOException {
    return measure(
        reads,
        () -> {
          long lines = 0;
          for (int i = 0; i < reads; i++) {
            OrderId id = stored.get(random.nextInt(stored.size()));
            lines += store.find(id).orElseThrow().price().lines().size();
          }
          return lines;
        });
  }

  private Cost readPages(int pages) throws IOException {
    return measure(
        pages,
        () -> {
          long orders = 0;
          for (int i = 0; i < pages; i++) {
            orders += store.list(OrderFilter.ALL, OrderSort.values()[0], null, PAGE).size();
          }
          return orders;
        });
  }

  private Cost measure(int operations, Supplier<?> work) throws IOException {
    double server = serverMicros();
    long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long time = System.nanoTime();
    work.get();
    long elapsed = System.nanoTime() - time;
    thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread;
    return new Cost(
        thread / 1e3 / operations,
        (serverMicros() - server) / operations,
        elapsed / 1e3 / operations);
  }

  /** CPU time of the server and its child processes, in ticks of 10 ms. */
  private double serverMicros() throws IOException {
    if (server == 0) {
      return 0;
    }
    long ticks = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String[] stat = stat(process);
        if (Long.parseLong(process.getFileName().toString()) == server) {
          // With the children that have ended.
          ticks += sum(stat, 11, 15);
        } else if (stat.length > 12 && Long.parseLong(stat[1]) == server) {
          ticks += sum(stat, 11, 13);
        }
      }
    }
    return ticks * 1e4;
  }

  /** The fields of {@code /proc/PID/stat} after the name, from the state on. */
  private static String[] stat(Path process) throws IOException {
    try {
      String line = Files.readString(process.resolve("stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (NoSuchFileException ended) {
      return new String[0];
    } catch (IOException ended) {
      return new String[0];
    }
  }

  private static long sum(String[] fields, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += Long.parseLong(fields[i]);
    }
    return sum;
  }

  private List<OrderInsert> group() {
    List<OrderInsert> group = new ArrayList<>();
    for (int i = 0; i < groupSize; i++) {
      NewOrder order = order();
      group.add(
          new OrderInsert(
              order,
              null,
              keyed
                  ? new IdempotentRequest(
                          new IdempotencyKey(
                              "key_01jzzzzzzzzzzzzzzzzzzzzzzz", order.id().value().toString()),
                          "POST /v1/orders " + "0".repeat(64))
                      .toRecord(new PlacedOrder(order.id()), order.arrivedAt())
                  : null,
              withEvents ? "key_01jzzzzzzzzzzzzzzzzzzzzzzz" : null));
    }
    return group;
  }

  /** An order of three lines, one of five for a known customer. */
  private NewOrder order() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Cart cart =
        new Cart(
            USD,
            List.of(
                line("MUG-" + random.nextInt(997), random.nextInt(60) + 1, "12.50"),
                line("TEE-" + random.nextInt(89), random.nextInt(12) + 1, "19.99"),
                line("CAP-" + random.nextInt(31), random.nextInt(5) + 1, "7.25")));
    PricingRequest request = PricingRequest.of(cart, now);
    Quote quote = Pricing.price(request, rules);
    List<Redemption> redemptions = LimitUsage.redemptions(quote, rules);
    return new NewOrder(
        new OrderId(Generators.timeBasedEpochGenerator().generate()),
        new OrderContent(
            random.nextInt(5) == 0 ? new CustomerId("c-" + random.nextInt(10_000)) : null,
            new OrderContext(null, null),
            quote.price(),
            quote.rejected(),
            Metadata.of(Map.of()),
            now),
        quote.trace(),
        redemptions,
        LimitUsage.reservations(redemptions, request, rules));
  }

  private static CartLine line(String sku, int quantity, String price) {
    return new CartLine(new Sku(sku), Quantity.of(quantity), UnitPrice.parse(price, USD));
  }
}
