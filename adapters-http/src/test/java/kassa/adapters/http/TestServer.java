package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.jetty.SlowConnectionTimeouts;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.application.ApplicationSettings;
import kassa.application.BatchLimits;
import kassa.application.Cryptography;
import kassa.application.Environment;
import kassa.application.UseCases;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.port.out.Stores;
import kassa.application.port.out.order.OrderStore;
import kassa.application.telemetry.Telemetry;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SeedRule;
import kassa.contract.fixture.TestUsers;
import kassa.contract.memory.InMemoryOrderStore;
import kassa.contract.memory.InMemoryProductStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import kassa.domain.identity.SessionLimits;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.json.RuleReader;
import org.jspecify.annotations.Nullable;

/** Test server on a free port, with in-memory stores that contain the default rule. */
public final class TestServer implements AutoCloseable {

  public static final Duration BATCH_DEADLINE = Duration.ofSeconds(30);

  /** API key with the scope {@code admin}; works also while the store is unavailable. */
  public static final String ADMIN_TOKEN = "admin-of-these-tests";

  /** Caller that {@link #ADMIN_TOKEN} authenticates. */
  public static final Caller.ApiClient ADMIN_PROGRAM =
      new Caller.ApiClient(TestUsers.nextKey(), Set.of(Scope.ADMIN));

  public static final String VERSION = "0.1.0";

  private static final SessionLimits SESSION_LIMITS =
      new SessionLimits(Duration.ofDays(1), Duration.ofDays(30));

  /** Rate limit that no test reaches. */
  private static final int CALLS_PER_MINUTE = 100_000_000;

  private static final HttpLimits HTTP_LIMITS = new HttpLimits(512, 16, 1_024, 512, BATCH_DEADLINE);

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
    this(stores, products, passwords, useCases, start(config, useCases, null));
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

  /** Starts a server that is measured. */
  public static TestServer startMeasured(Telemetry telemetry) {
    return startMeasured(telemetry, config());
  }

  /** Starts a server that is measured, with a management port. */
  public static TestServer startWithManagementPort(Telemetry telemetry) {
    HttpConfig plain = config();
    return startMeasured(
        telemetry,
        new HttpConfig(
            plain.listen(),
            plain.limits(),
            plain.trustedProxies(),
            plain.corsOrigins(),
            new ListenConfig("127.0.0.1", 0, null),
            false));
  }

  private static TestServer startMeasured(Telemetry telemetry, HttpConfig config) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    SeedRule.createIn(stores.rules());
    UseCases useCases =
        createUseCases(
            stores.with(stores.orders(), products),
            new Environment(
                risingClock(),
                () -> SampleOrders.nextId().value(),
                new Random(7)::nextInt,
                telemetry),
            16,
            CALLS_PER_MINUTE,
            passwords);
    HttpServer http = HttpServer.open(config, VERSION, telemetry);
    http.serve(apiConfig(), useCases);
    return new TestServer(stores, products, passwords, useCases, http);
  }

  /** Starts a server with some use cases replaced. */
  public static TestServer startReplacing(UnaryOperator<UseCases> replacement) {
    return startReplacing(replacement, config());
  }

  /** Starts a server with TLS. */
  public static TestServer startWith(TlsConfig tls) {
    return startReplacing(useCases -> useCases, config(HTTP_LIMITS, tls));
  }

  /** Starts a server with trusted proxies. */
  public static TestServer startBehindProxies(String... proxies) {
    return startBehindProxies(HTTP_LIMITS, proxies);
  }

  /** Starts a server with other limits and trusted proxies. */
  public static TestServer startBehindProxies(HttpLimits limits, String... proxies) {
    HttpConfig plain = config(limits, null);
    return startReplacing(
        useCases -> useCases,
        new HttpConfig(
            plain.listen(),
            plain.limits(),
            new TrustedProxies(List.of(proxies)),
            plain.corsOrigins()));
  }

  /** Starts a server that allows CORS requests from these origins. */
  public static TestServer startWithCorsOrigins(String... origins) {
    HttpConfig plain = config();
    return startReplacing(
        useCases -> useCases,
        new HttpConfig(
            plain.listen(),
            plain.limits(),
            plain.trustedProxies(),
            new CorsOrigins(List.of(origins))));
  }

  /** Starts a server with other connection timeouts, with or without TLS. */
  public static TestServer startWithTimeouts(
      SlowConnectionTimeouts.Timeouts timeouts, @Nullable TlsConfig tls) {
    return startWithTimeouts(timeouts, tls, useCases -> useCases);
  }

  /** Starts a server with other connection timeouts and some use cases replaced. */
  public static TestServer startWithTimeouts(
      SlowConnectionTimeouts.Timeouts timeouts,
      @Nullable TlsConfig tls,
      UnaryOperator<UseCases> replacement) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    UseCases useCases =
        replacement.apply(
            useCases(stores, stores.orders(), 16, risingClock(), products, passwords));
    HttpServer http = start(config(HTTP_LIMITS, tls), useCases, timeouts);
    return new TestServer(stores, products, passwords, useCases, http);
  }

  /** Starts a server with other limits and some use cases replaced. */
  public static TestServer startWithLimits(HttpLimits limits, UnaryOperator<UseCases> replacement) {
    return startReplacing(replacement, config(limits, null));
  }

  /** Starts a server with other limits and TLS. */
  public static TestServer startWithLimits(HttpLimits limits, TlsConfig tls) {
    return startReplacing(useCases -> useCases, config(limits, tls));
  }

  /** Starts a server with another timeout for graceful shutdown. */
  public static TestServer startWithShutdownTimeout(
      Duration timeout, UnaryOperator<UseCases> replacement) {
    return startReplacing(replacement, config(new HttpLimits(512, 16, 1_024, 512, timeout), null));
  }

  private static TestServer startReplacing(UnaryOperator<UseCases> replacement, HttpConfig config) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    UseCases useCases = useCases(stores, stores.orders(), 16, risingClock(), products, passwords);
    return new TestServer(stores, products, passwords, replacement.apply(useCases), config);
  }

  /** Starts a server with a rate limit per caller and minute. */
  public static TestServer startWithRateLimit(int callsPerMinute, InstantSource clock) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    SeedRule.createIn(stores.rules());
    UseCases useCases =
        createUseCases(stores, stores.orders(), 16, callsPerMinute, clock, products, passwords);
    return new TestServer(stores, products, passwords, useCases);
  }

  /** Starts another server on the same stores, with some use cases replaced. */
  public TestServer startOtherNode(UnaryOperator<UseCases> replacement) {
    UseCases others =
        createUseCases(
            stores, stores.orders(), 16, CALLS_PER_MINUTE, risingClock(), products, passwords);
    return new TestServer(stores, products, passwords, replacement.apply(others));
  }

  /** Starts a server with a wrapped order store; it places one order of a batch at a time. */
  public static TestServer startWith(
      Function<InMemoryOrderStore, OrderStore> storeWrapper, InstantSource clock) {
    InMemoryStores stores = new InMemoryStores();
    InMemoryProductStore products = stores.products();
    FakePasswordHasher passwords = new FakePasswordHasher();
    UseCases useCases =
        useCases(stores, storeWrapper.apply(stores.orders()), 1, clock, products, passwords);
    return new TestServer(stores, products, passwords, useCases);
  }

  /** Returns use cases without a server. */
  static UseCases useCases() {
    InMemoryStores stores = new InMemoryStores();
    return useCases(
        stores, stores.orders(), 1, risingClock(), stores.products(), new FakePasswordHasher());
  }

  public static HttpConfig config() {
    return config(HTTP_LIMITS, null);
  }

  private static HttpConfig config(HttpLimits limits, @Nullable TlsConfig tls) {
    return new HttpConfig(
        new ListenConfig("127.0.0.1", 0, tls),
        limits,
        new TrustedProxies(List.of()),
        new CorsOrigins(List.of()));
  }

  public static ApiConfig apiConfig() {
    return new ApiConfig(
        AcceptedCurrencies.all(),
        new SecretKeySpec("a key for cursors of these tests".getBytes(UTF_8), "HmacSHA256"));
  }

  private static HttpServer start(
      HttpConfig config, UseCases useCases, SlowConnectionTimeouts.@Nullable Timeouts timeouts) {
    HttpServer http =
        timeouts == null
            ? HttpServer.open(config, VERSION, Telemetry.none())
            : HttpServer.open(config, VERSION, timeouts, Telemetry.none());
    http.serve(apiConfig(), useCases);
    return http;
  }

  /** Returns a clock that advances by a microsecond at each reading. */
  public static InstantSource risingClock() {
    AtomicLong micros = new AtomicLong();
    return () -> SampleOrders.START.plusNanos(1_000 * micros.incrementAndGet());
  }

  /** Returns the stored orders, read directly from the store. */
  public List<Order> orders() {
    return store.list(OrderFilter.ALL, OrderSort.NEWEST_FIRST, null, 200);
  }

  /** Creates an active rule after all existing rules. */
  public RuleId activateRule(String rule) {
    JsonValue.JsonObject json =
        (JsonValue.JsonObject) JsonValueConverter.toJsonValue(TestJson.read(rule));
    Violations violations = new Violations();
    var definition = RuleReader.read(json, "", violations);
    if (definition == null) {
      throw new AssertionError("invalid rule: " + violations.reported());
    }
    return switch (useCases
        .rules()
        .manageRules()
        .as(ADMIN_PROGRAM)
        .create(new ManageRules.Draft(definition, json), RuleStatus.ACTIVE)) {
      case ManageRules.Outcome.Decided(RuleChange.Done done) -> done.rule().id();
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
    return createUseCases(
        stores.with(orders, products),
        new Environment(clock, () -> SampleOrders.nextId().value(), new Random(7)::nextInt),
        concurrency,
        callsPerMinute,
        passwords);
  }

  private static UseCases createUseCases(
      Stores stores,
      Environment environment,
      int concurrency,
      int callsPerMinute,
      FakePasswordHasher passwords) {
    UseCases useCases =
        UseCases.create(
            stores,
            environment,
            new Cryptography(passwords, new FakeTokenGenerator()),
            new ApplicationSettings(
                SESSION_LIMITS,
                callsPerMinute,
                Policy.DEFAULT,
                new BatchLimits(concurrency, BATCH_DEADLINE)),
            new FakeWebhookGateway().gateway());
    Authenticate authenticate =
        token ->
            token.equals(ADMIN_TOKEN)
                ? Optional.of(ADMIN_PROGRAM)
                : useCases.identity().authenticate().authenticate(token);
    return useCases.withAuthenticate(authenticate);
  }

  @Override
  public void close() {
    client.close();
    http.close();
  }
}
