package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import kassa.application.ProcessingLimits;
import kassa.application.UseCases;
import kassa.application.port.out.OrderStore;
import kassa.contract.InMemoryOrderStore;
import kassa.contract.InMemoryProductStore;
import kassa.contract.SampleOrders;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.pricing.RuleSet;

/** A server on a free port, over a store in memory. */
final class TestServer implements AutoCloseable {

  static final Duration DEADLINE = Duration.ofSeconds(30);

  final InMemoryOrderStore store;
  final InMemoryProductStore products;
  final HttpServer http;
  final CheckedClient client;

  private TestServer(InMemoryOrderStore store, InMemoryProductStore products, UseCases useCases) {
    this.store = store;
    this.products = products;
    this.http = HttpServer.start(config(), useCases);
    this.client = new CheckedClient(http.port());
  }

  static TestServer start() {
    return with(useCases -> useCases);
  }

  /** With some of the use-cases replaced. */
  static TestServer with(UnaryOperator<UseCases> replacement) {
    InMemoryOrderStore store = new InMemoryOrderStore();
    InMemoryProductStore products = new InMemoryProductStore();
    UseCases useCases = useCases(store, store, 16, risingClock(), products);
    return new TestServer(store, products, replacement.apply(useCases));
  }

  /** With something between the use-cases and the store, and one order of a batch at a time. */
  static TestServer over(Function<InMemoryOrderStore, OrderStore> wrapping, InstantSource clock) {
    InMemoryOrderStore store = new InMemoryOrderStore();
    InMemoryProductStore products = new InMemoryProductStore();
    UseCases useCases = useCases(store, wrapping.apply(store), 1, clock, products);
    return new TestServer(store, products, useCases);
  }

  static HttpServer.Config config() {
    return new HttpServer.Config(
        "127.0.0.1",
        0,
        AcceptedCurrencies.all(),
        new SecretKeySpec("a key for cursors of these tests".getBytes(UTF_8), "HmacSHA256"),
        "0.1.0");
  }

  /** A clock that is a microsecond on whenever it is looked at. */
  static InstantSource risingClock() {
    AtomicLong micros = new AtomicLong();
    return () -> SampleOrders.START.plusNanos(1_000 * micros.incrementAndGet());
  }

  static UseCases useCases(
      InMemoryOrderStore probe,
      OrderStore orders,
      int concurrency,
      InstantSource clock,
      InMemoryProductStore products) {
    return UseCases.create(
        orders,
        probe,
        RuleSet.shipped(),
        clock,
        () -> SampleOrders.nextId().value(),
        new ProcessingLimits(concurrency, DEADLINE),
        products);
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
