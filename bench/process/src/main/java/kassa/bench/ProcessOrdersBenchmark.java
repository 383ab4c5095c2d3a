package kassa.bench;

import com.fasterxml.uuid.Generators;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import kassa.adapters.secrets.Secrets;
import kassa.application.ApplicationSettings;
import kassa.application.BatchLimits;
import kassa.application.Cryptography;
import kassa.application.Environment;
import kassa.application.UseCases;
import kassa.application.idempotency.Execution;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.pricing.CartDraft;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SeedRule;
import kassa.contract.memory.InMemoryProductStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.Caller;
import kassa.domain.identity.SessionLimits;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.rule.Policy;

/**
 * Places orders in memory with the batch use case, in batches one after another. Arguments: orders
 * per round, rounds, delay of the store per order in milliseconds, maximum number of concurrent
 * orders. Prints the milliseconds of each round.
 */
public final class ProcessOrdersBenchmark {

  /** So many of these orders have fewer lines and discounts than a batch may have. */
  private static final int BATCH = 20_000;

  private static final Currency EUR = Currency.getInstance("EUR");

  private static final Caller OWNER = new Caller.LocalOperator();

  private ProcessOrdersBenchmark() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Duration wait = Duration.ofMillis(Integer.parseInt(arguments[2]));
    int bound = Integer.parseInt(arguments[3]);

    List<PlaceOrder.Command> orders = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      orders.add(order(i));
    }
    for (int round = 0; round < rounds; round++) {
      MapOrderStore store = new MapOrderStore(wait);
      PlaceOrderBatch processOrders = useCases(store, bound).orders().placeOrderBatch().as(OWNER);
      long started = System.nanoTime();
      List<Result> results = new ArrayList<>(count);
      for (int from = 0; from < count; from += BATCH) {
        List<PlaceOrder.Command> batch = orders.subList(from, Math.min(count, from + BATCH));
        results.addAll(processOrders.placeEach(batch));
      }
      long took = System.nanoTime() - started;
      for (Result result : results) {
        if (!(result
                instanceof
                Result.Processed(
                    Execution.Completed<PlaceOrder.Outcome>(
                        PlaceOrder.Outcome.Placed(Order order),
                        boolean _)))
            || store.find(order.id()).orElse(null) != order) {
          throw new IllegalStateException("an order is missing: " + result);
        }
      }
      System.out.println(took / 1_000_000);
    }
  }

  private static UseCases useCases(MapOrderStore orders, int bound) {
    InMemoryStores others = new InMemoryStores();
    SeedRule.createIn(others.rules());
    Secrets secrets = Secrets.create(1);
    return UseCases.create(
        others.with(orders, new InMemoryProductStore()),
        new Environment(
            InstantSource.system(), Generators.timeBasedEpochGenerator()::generate, any -> 0),
        new Cryptography(secrets.passwords(), secrets.tokens()),
        new ApplicationSettings(
            new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
            60_000,
            Policy.DEFAULT,
            new BatchLimits(bound, Duration.ofMinutes(5))),
        new FakeWebhookGateway().gateway());
  }

  private static PlaceOrder.Command order(int i) {
    List<CartDraft.Item> items = new ArrayList<>();
    for (int j = 0; j < 3; j++) {
      items.add(
          new CartDraft.Item.Priced(
              new CartLine(
                  new Sku("SKU-" + (i + j) % 400),
                  Quantity.of(1 + (i * 7 + j) % 12),
                  UnitPrice.of(BigDecimal.valueOf(199 + 10 * j, 2), EUR))));
    }
    return new PlaceOrder.Command(
        new CartDraft(
            EUR,
            items,
            new LinkedHashSet<>(),
            new Customer("customer-" + i % 1_000, null, 0L),
            null,
            null,
            false,
            Metadata.of(Map.of())));
  }
}
