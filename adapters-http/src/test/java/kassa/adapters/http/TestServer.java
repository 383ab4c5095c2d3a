package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.json.JsonNotation;
import kassa.application.ProcessingLimits;
import kassa.application.UseCases;
import kassa.application.port.in.Authenticate;
import kassa.application.port.in.WriteRules;
import kassa.application.port.out.OrderStore;
import kassa.contract.InMemoryOrderStore;
import kassa.contract.InMemoryProductStore;
import kassa.contract.InMemoryStores;
import kassa.contract.QuickPasswords;
import kassa.contract.QuickTokens;
import kassa.contract.SampleOrders;
import kassa.contract.SamplePeople;
import kassa.contract.ShippedRule;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;
import org.jspecify.annotations.Nullable;

/** A server on a free port, over stores in memory that hold the rule that ships. */
final class TestServer implements AutoCloseable {

  static final Duration DEADLINE = Duration.ofSeconds(30);

  /** A key that is good for all, also while the store is away. */
  static final String ADMIN = "admin-of-these-tests";

  /** Who shows it. */
  static final Caller.Program PROGRAM =
      new Caller.Program(SamplePeople.nextKey(), Set.of(Scope.ADMIN));

  private static final UseCases.SessionLimits SESSIONS =
      new UseCases.SessionLimits(Duration.ofDays(1), Duration.ofDays(30));

  /** No other test makes as many. */
  private static final int CALLS_PER_MINUTE = 100_000_000;

  private static final HttpServer.Limits LIMITS = new HttpServer.Limits(256, 16, 1_024);

  final InMemoryOrderStore store;
  final InMemoryProductStore products;
  final QuickPasswords passwords;
  final HttpServer http;
  final CheckedClient client;
  final InMemoryStores stores;
  private final UseCases useCases;

  private TestServer(
      InMemoryStores stores,
      InMemoryProductStore products,
      QuickPasswords passwords,
      UseCases useCases) {
    this(stores, products, passwords, useCases, config());
  }

  private TestServer(
      InMemoryStores stores,
      InMemoryProductStore products,
      QuickPasswords passwords,
      UseCases useCases,
      HttpServer.Config config) {
    this(stores, products, passwords, useCases, HttpServer.start(config, useCases));
  }

  private TestServer(
      InMemoryStores stores,
      InMemoryProductStore products,
      QuickPasswords passwords,
      UseCases useCases,
      HttpServer http) {
    this.stores = stores;
    this.store = stores.orders();
    this.products = products;
    this.passwords = passwords;
    this.useCases = useCases;
    this.http = http;
    this.client = new CheckedClient(http.port());
  }

  static TestServer start() {
    return with(useCases -> useCases);
  }

  /** With some of the use-cases replaced. */
  static TestServer with(UnaryOperator<UseCases> replacement) {
    return with(replacement, config());
  }

  /** Over TLS. */
  static TestServer over(HttpServer.Tls tls) {
    return with(useCases -> useCases, config(LIMITS, DEADLINE, tls));
  }

  /** Behind proxies that are trusted. */
  static TestServer behind(String... proxies) {
    HttpServer.Config plain = config();
    return with(
        useCases -> useCases,
        new HttpServer.Config(
            plain.host(),
            plain.port(),
            plain.currencies(),
            plain.cursorKey(),
            plain.version(),
            plain.limits(),
            plain.stopTimeout(),
            plain.tls(),
            new HttpServer.Proxies(List.of(proxies)),
            plain.origins()));
  }

  /** Called by pages of other origins. */
  static TestServer sharedWith(String... origins) {
    HttpServer.Config plain = config();
    return with(
        useCases -> useCases,
        new HttpServer.Config(
            plain.host(),
            plain.port(),
            plain.currencies(),
            plain.cursorKey(),
            plain.version(),
            plain.limits(),
            plain.stopTimeout(),
            plain.tls(),
            plain.proxies(),
            new HttpServer.Origins(List.of(origins))));
  }

  /** With less patience, over TLS or not. */
  static TestServer waiting(Stragglers.Patience patience, HttpServer.@Nullable Tls tls) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    QuickPasswords passwords = new QuickPasswords();
    UseCases useCases = useCases(stores, stores.orders(), 16, risingClock(), products, passwords);
    HttpServer http = HttpServer.start(config(LIMITS, DEADLINE, tls), useCases, patience);
    return new TestServer(stores, products, passwords, useCases, http);
  }

  /** With other limits. */
  static TestServer within(HttpServer.Limits limits, UnaryOperator<UseCases> replacement) {
    return with(replacement, config(limits, DEADLINE));
  }

  /** With another time to finish what is under way at the end. */
  static TestServer stoppingWithin(Duration timeout, UnaryOperator<UseCases> replacement) {
    return with(replacement, config(LIMITS, timeout));
  }

  private static TestServer with(UnaryOperator<UseCases> replacement, HttpServer.Config config) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    QuickPasswords passwords = new QuickPasswords();
    UseCases useCases = useCases(stores, stores.orders(), 16, risingClock(), products, passwords);
    return new TestServer(stores, products, passwords, replacement.apply(useCases), config);
  }

  /** With so many calls in a minute for each caller. */
  static TestServer allowing(int callsPerMinute, InstantSource clock) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    QuickPasswords passwords = new QuickPasswords();
    ShippedRule.createIn(stores.rules());
    UseCases useCases =
        useCasesOver(stores, stores.orders(), 16, callsPerMinute, clock, products, passwords);
    return new TestServer(stores, products, passwords, useCases);
  }

  /** Another server over the same stores, with some of the use-cases replaced. */
  TestServer otherNode(UnaryOperator<UseCases> replacement) {
    UseCases others =
        useCasesOver(
            stores, stores.orders(), 16, CALLS_PER_MINUTE, risingClock(), products, passwords);
    return new TestServer(stores, products, passwords, replacement.apply(others));
  }

  /** With something between the use-cases and the store, and one order of a batch at a time. */
  static TestServer over(Function<InMemoryOrderStore, OrderStore> wrapping, InstantSource clock) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    QuickPasswords passwords = new QuickPasswords();
    UseCases useCases =
        useCases(stores, wrapping.apply(stores.orders()), 1, clock, products, passwords);
    return new TestServer(stores, products, passwords, useCases);
  }

  /** Use-cases that nobody talks to yet. */
  static UseCases useCases() {
    InMemoryStores stores = new InMemoryStores();
    return useCases(
        stores, stores.orders(), 1, risingClock(), stores.products(), new QuickPasswords());
  }

  static HttpServer.Config config() {
    return config(LIMITS, DEADLINE);
  }

  private static HttpServer.Config config(HttpServer.Limits limits, Duration stopTimeout) {
    return config(limits, stopTimeout, null);
  }

  private static HttpServer.Config config(
      HttpServer.Limits limits, Duration stopTimeout, HttpServer.@Nullable Tls tls) {
    return new HttpServer.Config(
        "127.0.0.1",
        0,
        AcceptedCurrencies.all(),
        new SecretKeySpec("a key for cursors of these tests".getBytes(UTF_8), "HmacSHA256"),
        "0.1.0",
        limits,
        stopTimeout,
        tls,
        new HttpServer.Proxies(List.of()),
        new HttpServer.Origins(List.of()));
  }

  /** A clock that is a microsecond on whenever it is looked at. */
  static InstantSource risingClock() {
    AtomicLong micros = new AtomicLong();
    return () -> SampleOrders.START.plusNanos(1_000 * micros.incrementAndGet());
  }

  /** The orders that are kept, without asking the server. */
  List<Order> orders() {
    return store.list(OrderFilter.NONE, OrderSort.NEWEST_FIRST, null, 200);
  }

  /** Puts a rule in force, behind all others. */
  RuleId putInForce(String rule) {
    Notation.Fields notation = (Notation.Fields) JsonNotation.of(Json.read(rule));
    Flaws flaws = new Flaws();
    var definition = RuleReader.read(notation, "", flaws);
    if (definition == null) {
      throw new AssertionError("no rule: " + flaws.found());
    }
    return switch (useCases
        .writeRules()
        .by(PROGRAM)
        .create(new WriteRules.Draft(definition, notation), RuleStatus.ACTIVE)) {
      case WriteRules.Outcome.Done done -> done.rule().id();
      case WriteRules.Outcome otherwise -> throw new AssertionError(otherwise);
    };
  }

  private static UseCases useCases(
      InMemoryStores stores,
      OrderStore orders,
      int concurrency,
      InstantSource clock,
      InMemoryProductStore products,
      QuickPasswords passwords) {
    ShippedRule.createIn(stores.rules());
    return useCasesOver(stores, orders, concurrency, CALLS_PER_MINUTE, clock, products, passwords);
  }

  private static UseCases useCasesOver(
      InMemoryStores stores,
      OrderStore orders,
      int concurrency,
      int callsPerMinute,
      InstantSource clock,
      InMemoryProductStore products,
      QuickPasswords passwords) {
    UseCases useCases =
        UseCases.create(
            stores.with(orders, products),
            new UseCases.Surroundings(
                clock, () -> SampleOrders.nextId().value(), new Random(7)::nextInt),
            new UseCases.Secrets(passwords, new QuickTokens()),
            SESSIONS,
            callsPerMinute,
            Policy.DEFAULT,
            new ProcessingLimits(concurrency, DEADLINE));
    Authenticate authenticate =
        token -> token.equals(ADMIN) ? Optional.of(PROGRAM) : useCases.authenticate().by(token);
    return Replaced.in(useCases, Map.of("authenticate", authenticate));
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
