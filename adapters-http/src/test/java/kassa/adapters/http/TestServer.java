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
import kassa.adapters.http.jetty.SlowConnectionTimeouts;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.application.BatchLimits;
import kassa.application.UseCases;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SeedRule;
import kassa.contract.fixture.TestUsers;
import kassa.contract.memory.InMemoryOrderStore;
import kassa.contract.memory.InMemoryProductStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;
import org.jspecify.annotations.Nullable;

/** A server on a free port, over stores in memory that hold the rule that ships. */
public final class TestServer implements AutoCloseable {

  public static final Duration BATCH_DEADLINE = Duration.ofSeconds(30);

  /** A key that is good for all, also while the store is away. */
  public static final String ADMIN_TOKEN = "admin-of-these-tests";

  /** Who shows it. */
  public static final Caller.ApiClient ADMIN_PROGRAM =
      new Caller.ApiClient(TestUsers.nextKey(), Set.of(Scope.ADMIN));

  private static final UseCases.SessionLimits SESSION_LIMITS =
      new UseCases.SessionLimits(Duration.ofDays(1), Duration.ofDays(30));

  /** No other test makes as many. */
  private static final int CALLS_PER_MINUTE = 100_000_000;

  private static final HttpLimits HTTP_LIMITS = new HttpLimits(256, 16, 1_024);

  public final InMemoryOrderStore store;
  public final InMemoryProductStore products;
  public final FakePasswordHasher passwords;
  public final HttpServer http;
  public final ContractCheckingClient client;
  public final InMemoryStores stores;
  private final UseCases useCases;

  private TestServer(
      InMemoryStores stores,
      InMemoryProductStore products,
      FakePasswordHasher passwords,
      UseCases useCases) {
    this(stores, products, passwords, useCases, config());
  }

  private TestServer(
      InMemoryStores stores,
      InMemoryProductStore products,
      FakePasswordHasher passwords,
      UseCases useCases,
      HttpConfig config) {
    this(stores, products, passwords, useCases, HttpServer.start(config, useCases));
  }

  private TestServer(
      InMemoryStores stores,
      InMemoryProductStore products,
      FakePasswordHasher passwords,
      UseCases useCases,
      HttpServer http) {
    this.stores = stores;
    this.store = stores.orders();
    this.products = products;
    this.passwords = passwords;
    this.useCases = useCases;
    this.http = http;
    this.client = new ContractCheckingClient(http.port());
  }

  public static TestServer start() {
    return startReplacing(useCases -> useCases);
  }

  /** With some of the use-cases replaced. */
  public static TestServer startReplacing(UnaryOperator<UseCases> replacement) {
    return startReplacing(replacement, config());
  }

  /** Over TLS. */
  public static TestServer startWith(TlsConfig tls) {
    return startReplacing(useCases -> useCases, config(HTTP_LIMITS, BATCH_DEADLINE, tls));
  }

  /** Behind proxies that are trusted. */
  public static TestServer startBehindProxies(String... proxies) {
    HttpConfig plain = config();
    return startReplacing(
        useCases -> useCases,
        new HttpConfig(
            plain.host(),
            plain.port(),
            plain.currencies(),
            plain.cursorKey(),
            plain.version(),
            plain.limits(),
            plain.stopTimeout(),
            plain.tls(),
            new TrustedProxies(List.of(proxies)),
            plain.corsOrigins()));
  }

  /** Called by pages of other origins. */
  public static TestServer startWithCorsOrigins(String... origins) {
    HttpConfig plain = config();
    return startReplacing(
        useCases -> useCases,
        new HttpConfig(
            plain.host(),
            plain.port(),
            plain.currencies(),
            plain.cursorKey(),
            plain.version(),
            plain.limits(),
            plain.stopTimeout(),
            plain.tls(),
            plain.trustedProxies(),
            new CorsOrigins(List.of(origins))));
  }

  /** With less patience, over TLS or not. */
  public static TestServer startWithTimeouts(
      SlowConnectionTimeouts.Timeouts timeouts, @Nullable TlsConfig tls) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    UseCases useCases = useCases(stores, stores.orders(), 16, risingClock(), products, passwords);
    HttpServer http =
        HttpServer.start(config(HTTP_LIMITS, BATCH_DEADLINE, tls), useCases, timeouts);
    return new TestServer(stores, products, passwords, useCases, http);
  }

  /** With other limits. */
  public static TestServer startWithLimits(HttpLimits limits, UnaryOperator<UseCases> replacement) {
    return startReplacing(replacement, config(limits, BATCH_DEADLINE));
  }

  /** With another time to finish what is under way at the end. */
  public static TestServer startWithShutdownTimeout(
      Duration timeout, UnaryOperator<UseCases> replacement) {
    return startReplacing(replacement, config(HTTP_LIMITS, timeout));
  }

  private static TestServer startReplacing(UnaryOperator<UseCases> replacement, HttpConfig config) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    UseCases useCases = useCases(stores, stores.orders(), 16, risingClock(), products, passwords);
    return new TestServer(stores, products, passwords, replacement.apply(useCases), config);
  }

  /** With so many calls in a minute for each caller. */
  public static TestServer startWithRateLimit(int callsPerMinute, InstantSource clock) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    SeedRule.createIn(stores.rules());
    UseCases useCases =
        createUseCases(stores, stores.orders(), 16, callsPerMinute, clock, products, passwords);
    return new TestServer(stores, products, passwords, useCases);
  }

  /** Another server over the same stores, with some of the use-cases replaced. */
  public TestServer startOtherNode(UnaryOperator<UseCases> replacement) {
    UseCases others =
        createUseCases(
            stores, stores.orders(), 16, CALLS_PER_MINUTE, risingClock(), products, passwords);
    return new TestServer(stores, products, passwords, replacement.apply(others));
  }

  /** With something between the use-cases and the store, and one order of a batch at a time. */
  public static TestServer startWith(
      Function<InMemoryOrderStore, OrderStore> wrapping, InstantSource clock) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    UseCases useCases =
        useCases(stores, wrapping.apply(stores.orders()), 1, clock, products, passwords);
    return new TestServer(stores, products, passwords, useCases);
  }

  /** Use-cases that nobody talks to yet. */
  static UseCases useCases() {
    InMemoryStores stores = new InMemoryStores();
    return useCases(
        stores, stores.orders(), 1, risingClock(), stores.products(), new FakePasswordHasher());
  }

  static HttpConfig config() {
    return config(HTTP_LIMITS, BATCH_DEADLINE);
  }

  private static HttpConfig config(HttpLimits limits, Duration stopTimeout) {
    return config(limits, stopTimeout, null);
  }

  private static HttpConfig config(
      HttpLimits limits, Duration stopTimeout, @Nullable TlsConfig tls) {
    return new HttpConfig(
        "127.0.0.1",
        0,
        AcceptedCurrencies.all(),
        new SecretKeySpec("a key for cursors of these tests".getBytes(UTF_8), "HmacSHA256"),
        "0.1.0",
        limits,
        stopTimeout,
        tls,
        new TrustedProxies(List.of()),
        new CorsOrigins(List.of()));
  }

  /** A clock that is a microsecond on whenever it is looked at. */
  public static InstantSource risingClock() {
    AtomicLong micros = new AtomicLong();
    return () -> SampleOrders.START.plusNanos(1_000 * micros.incrementAndGet());
  }

  /** The orders that are kept, without asking the server. */
  public List<Order> orders() {
    return store.list(OrderFilter.ALL, OrderSort.NEWEST_FIRST, null, 200);
  }

  /** Puts a rule in force, behind all others. */
  public RuleId activateRule(String rule) {
    JsonValue.JsonObject notation =
        (JsonValue.JsonObject) JsonValueConverter.toJsonValue(TestJson.read(rule));
    Violations flaws = new Violations();
    var definition = RuleReader.read(notation, "", flaws);
    if (definition == null) {
      throw new AssertionError("no rule: " + flaws.reported());
    }
    return switch (useCases
        .manageRules()
        .as(ADMIN_PROGRAM)
        .create(new ManageRules.Draft(definition, notation), RuleStatus.ACTIVE)) {
      case ManageRules.Outcome.Done done -> done.rule().id();
      case ManageRules.Outcome otherwise -> throw new AssertionError(otherwise);
    };
  }

  private static UseCases useCases(
      InMemoryStores stores,
      OrderStore orders,
      int concurrency,
      InstantSource clock,
      InMemoryProductStore products,
      FakePasswordHasher passwords) {
    SeedRule.createIn(stores.rules());
    return createUseCases(
        stores, orders, concurrency, CALLS_PER_MINUTE, clock, products, passwords);
  }

  private static UseCases createUseCases(
      InMemoryStores stores,
      OrderStore orders,
      int concurrency,
      int callsPerMinute,
      InstantSource clock,
      InMemoryProductStore products,
      FakePasswordHasher passwords) {
    UseCases useCases =
        UseCases.create(
            stores.with(orders, products),
            new UseCases.Environment(
                clock, () -> SampleOrders.nextId().value(), new Random(7)::nextInt),
            new UseCases.Secrets(passwords, new FakeTokenGenerator()),
            SESSION_LIMITS,
            callsPerMinute,
            Policy.DEFAULT,
            new BatchLimits(concurrency, BATCH_DEADLINE));
    Authenticate authenticate =
        token ->
            token.equals(ADMIN_TOKEN)
                ? Optional.of(ADMIN_PROGRAM)
                : useCases.authenticate().authenticate(token);
    return UseCaseOverrides.replace(useCases, Map.of("authenticate", authenticate));
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
