package kassa.adapters.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JavalinState;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.servlet.ServletEntry;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kassa.adapters.http.catalogue.ProductHandlers;
import kassa.adapters.http.catalogue.ProductImportHandler;
import kassa.adapters.http.code.CodeHandlers;
import kassa.adapters.http.identity.AccountHandlers;
import kassa.adapters.http.identity.ApiKeyHandlers;
import kassa.adapters.http.identity.AuditLogHandler;
import kassa.adapters.http.identity.SessionHandlers;
import kassa.adapters.http.identity.UserHandlers;
import kassa.adapters.http.jetty.ActiveRequests;
import kassa.adapters.http.jetty.AddressConnectionLimit;
import kassa.adapters.http.jetty.AmbiguousRequestHandler;
import kassa.adapters.http.jetty.Cors;
import kassa.adapters.http.jetty.EarlyResponseHandler;
import kassa.adapters.http.jetty.HeaderSizeHandler;
import kassa.adapters.http.jetty.InvalidPemException;
import kassa.adapters.http.jetty.JettyErrorHandler;
import kassa.adapters.http.jetty.LingeringClose;
import kassa.adapters.http.jetty.LingeringConnector;
import kassa.adapters.http.jetty.LoadSheddingHandler;
import kassa.adapters.http.jetty.PemKeyStore;
import kassa.adapters.http.jetty.SecurityHeaders;
import kassa.adapters.http.jetty.SlowConnectionTimeouts;
import kassa.adapters.http.jetty.TlsConnectionFactories;
import kassa.adapters.http.jetty.TrustedProxyCustomizer;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.order.OrderHandlers;
import kassa.adapters.http.order.OrderTransitionHandlers;
import kassa.adapters.http.order.batch.BatchHandler;
import kassa.adapters.http.order.search.OrderExportHandler;
import kassa.adapters.http.order.search.OrderSearchHandlers;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.pricing.QuoteHandlers;
import kassa.adapters.http.report.SalesReportHandlers;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.ConnectionAbortHandler;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.RateLimitFilter;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.routing.Routing;
import kassa.adapters.http.rule.RuleHandlers;
import kassa.adapters.http.rule.RuleLintHandler;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.adapters.http.service.OpenApiHandlers;
import kassa.adapters.http.service.ServiceHandlers;
import kassa.application.CatalogueUseCases;
import kassa.application.IdentityUseCases;
import kassa.application.OrderUseCases;
import kassa.application.RuleUseCases;
import kassa.application.UseCases;
import kotlin.LazyKt;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP server of the REST API. It handles each request on its own virtual thread. */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** The maximum time in which the store reports the outcome of a transaction that it started. */
  private static final Duration STORE_OUTCOME_TIMEOUT = Duration.ofSeconds(15);

  /** How long the last responses may take to be sent during a shutdown. */
  private static final long LAST_RESPONSES_TIMEOUT_MILLIS = 2_000;

  /** Idle timeout of connections during a shutdown; Jetty closes them within twice this time. */
  private static final long SHUTDOWN_IDLE_TIMEOUT_MILLIS = 500;

  /** Timeouts after which a connection without traffic is closed, in any state of the request. */
  private static final SlowConnectionTimeouts.Timeouts TIMEOUTS =
      new SlowConnectionTimeouts.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10));

  /**
   * Paths whose segments may contain encoded characters such as {@code %2F}: a sku such as {@code
   * A/B} is one segment. Routes are matched before a segment is decoded. See docs/decisions/0033.
   */
  private static final UriCompliance PATHS =
      UriCompliance.DEFAULT.with(
          "KASSA",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS);

  /** Most responses fit; the default is much larger, and a buffer is allocated per response. */
  private static final int RESPONSE_BUFFER_BYTES = 2_048;

  private final Javalin javalin;
  private final ConcurrencyLimiter limiter;
  private final Duration shutdownTimeout;

  private HttpServer(Javalin javalin, ConcurrencyLimiter limiter, Duration shutdownTimeout) {
    this.javalin = javalin;
    this.limiter = limiter;
    this.shutdownTimeout = shutdownTimeout;
  }

  /**
   * Starts a server that listens on the configured address.
   *
   * @throws IllegalStateException if the address is not available
   * @throws InvalidCertificateException if the certificate or its key cannot be used
   */
  public static HttpServer start(HttpConfig config, ApiConfig api, UseCases useCases) {
    return start(config, api, useCases, TIMEOUTS);
  }

  static HttpServer start(
      HttpConfig config,
      ApiConfig api,
      UseCases useCases,
      SlowConnectionTimeouts.Timeouts timeouts) {
    ConcurrencyLimiter limiter =
        new ConcurrencyLimiter(config.limits().maxRequests(), config.limits().maxBulkRequests());
    Javalin javalin = create(config, api, useCases, limiter, timeouts).start();
    return new HttpServer(javalin, limiter, config.limits().shutdownTimeout());
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return javalin.port();
  }

  /**
   * Shuts down gracefully: reports that it is not ready, rejects new requests, and returns when the
   * running requests have completed. After the shutdown timeout it aborts transfers from and to
   * clients, and waits only for outcomes of the store.
   */
  @Override
  public void close() {
    LOG.info("Stopping: {} requests are running", limiter.close());
    if (!limiter.awaitIdle(shutdownTimeout)) {
      LOG.warn("Shutdown timeout: {} requests are aborted", limiter.abortClientTransfers());
      if (!limiter.awaitIdle(STORE_OUTCOME_TIMEOUT)) {
        LOG.error("Requests were still running when the server stopped");
      }
    }
    try {
      javalin.stop();
    } catch (JavalinException late) {
      LOG.warn("Connections that clients kept open were closed", late);
    }
  }

  /** Creates the server without starting it. */
  static Javalin create(
      HttpConfig config, ApiConfig api, UseCases useCases, ConcurrencyLimiter limiter) {
    return create(config, api, useCases, limiter, TIMEOUTS);
  }

  private static Javalin create(
      HttpConfig config,
      ApiConfig api,
      UseCases useCases,
      ConcurrencyLimiter limiter,
      SlowConnectionTimeouts.Timeouts timeouts) {
    JsonCodec json = new JsonCodec();
    Responses responses = new Responses(json);
    RequestAuthenticator authentication =
        new RequestAuthenticator(useCases.identity().authenticate());
    List<Route> routes = routes(api, useCases, limiter, authentication, json, responses);
    Routing routing =
        new Routing(
            routes,
            limiter,
            authentication,
            new RateLimitFilter(useCases.identity().rateLimiter()),
            new IdempotencyFilter(useCases.runIdempotently(), json),
            responses,
            MemoryBudget.ofHeap());
    Set<String> exemptPaths =
        routes.stream()
            .filter(route -> !route.requestClass().equals(RequestClass.SINGLE))
            .map(Route::path)
            .collect(Collectors.toSet());
    return Javalin.create(settings -> {
      ActiveRequests activeRequests = new ActiveRequests();
      TrustedProxyCustomizer proxies = config.trustedProxies().toCustomizer();
      AddressConnectionLimit addressLimit =
          new AddressConnectionLimit(
              config.limits().maxConnectionsPerAddress(),
              proxies::isTrusted,
              activeRequests,
              limiter);
      configure(settings, config, timeouts, proxies, addressLimit);
      settings.jetty.modifyServer(server ->
          installHandlers(
              server,
              limiter,
              exemptPaths,
              json,
              config.corsOrigins(),
              handler -> new SlowConnectionTimeouts(handler, timeouts, limiter, activeRequests)));
      routing.register(settings);
    });
  }

  private static List<Route> routes(
      ApiConfig api,
      UseCases useCases,
      ConcurrencyLimiter limiter,
      RequestAuthenticator authentication,
      JsonCodec json,
      Responses responses) {
    Cursors cursors = new Cursors(api.cursorKey());
    return Stream.of(
            orderRoutes(api, useCases, cursors, json, responses),
            catalogueRoutes(api, useCases.catalogue(), cursors, json, responses),
            ruleRoutes(useCases.rules(), cursors, json, responses),
            identityRoutes(useCases.identity(), authentication, cursors, json, responses),
            new SalesReportHandlers(useCases.reportSales(), responses).routes(),
            new ServiceHandlers(useCases.checkReadiness(), limiter, api.version(), responses)
                .routes(),
            new OpenApiHandlers().routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> orderRoutes(
      ApiConfig api, UseCases useCases, Cursors cursors, JsonCodec json, Responses responses) {
    OrderUseCases orders = useCases.orders();
    return Stream.of(
            new QuoteHandlers(useCases.quoteCart(), api.currencies(), json, responses).routes(),
            new OrderExportHandler(orders.findOrders(), json).routes(),
            new OrderSearchHandlers(orders.findOrders(), cursors, responses).routes(),
            new OrderHandlers(
                    orders.placeOrderIdempotently(),
                    orders.findOrders(),
                    api.currencies(),
                    json,
                    responses)
                .routes(),
            new OrderTransitionHandlers(
                    orders.changeOrderStatus(),
                    orders.refundOrder(),
                    orders.findOrderToChange(),
                    orders.findOrders(),
                    json,
                    responses)
                .routes(),
            new BatchHandler(
                    orders.placeOrderIdempotently(),
                    orders.placeOrderBatch(),
                    api.currencies(),
                    json,
                    responses)
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> catalogueRoutes(
      ApiConfig api,
      CatalogueUseCases catalogue,
      Cursors cursors,
      JsonCodec json,
      Responses responses) {
    return Stream.of(
            new ProductHandlers(
                    catalogue.manageProducts(),
                    catalogue.findProducts(),
                    api.currencies(),
                    cursors,
                    json,
                    responses)
                .routes(),
            new ProductImportHandler(catalogue.manageProducts(), api.currencies(), json, responses)
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> ruleRoutes(
      RuleUseCases rules, Cursors cursors, JsonCodec json, Responses responses) {
    return Stream.of(
            new RuleHandlers(rules.manageRules(), cursors, json, responses).routes(),
            new RuleLintHandler(rules.manageRules(), json, responses).routes(),
            new CodeHandlers(rules.manageCodes(), cursors, json, responses).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> identityRoutes(
      IdentityUseCases identity,
      RequestAuthenticator authentication,
      Cursors cursors,
      JsonCodec json,
      Responses responses) {
    return Stream.of(
            new AccountHandlers(
                    authentication,
                    identity.registerCustomer(),
                    identity.signIn(),
                    identity.manageSessions(),
                    json,
                    responses)
                .routes(),
            new SessionHandlers(identity.manageSessions(), responses).routes(),
            new UserHandlers(identity.manageUsers(), cursors, json, responses).routes(),
            new ApiKeyHandlers(identity.manageApiKeys(), cursors, json, responses).routes(),
            new AuditLogHandler(identity.readAuditLog(), cursors, responses).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static void configure(
      JavalinConfig settings,
      HttpConfig config,
      SlowConnectionTimeouts.Timeouts timeouts,
      TrustedProxyCustomizer proxies,
      AddressConnectionLimit addressLimit) {
    settings.startup.showJavalinBanner = false;
    settings.startup.startupWatcherEnabled = false;
    settings.concurrency.useVirtualThreads = true;
    settings.http.compressionStrategy = CompressionStrategy.NONE;
    settings.http.prefer405over404 = true;
    settings.router.ignoreTrailingSlashes = false;
    settings.http.responseBufferSize = RESPONSE_BUFFER_BYTES;
    settings.jetty.addConnector(
        (server, http) -> openConnector(server, http, config.listen(), timeouts, addressLimit));
    settings.jetty.modifyHttpConfiguration(http -> {
      http.setRequestHeaderSize(HeaderSizeHandler.MAX_BYTES);
      http.setUriCompliance(PATHS);
      http.setOutputBufferSize(RESPONSE_BUFFER_BYTES);
      http.addCustomizer(proxies);
    });
    settings.jetty.modifyServer(server -> {
      server.addBean(new NetworkConnectionLimit(config.limits().maxConnections(), server));
      server.setStopTimeout(LAST_RESPONSES_TIMEOUT_MILLIS);
    });
    disableWebSockets(settings.unsafe);
  }

  /** Javalin's own servlet leaks a session for each WebSocket upgrade that it rejects. */
  private static void disableWebSockets(JavalinState state) {
    state.servlet = LazyKt.lazy(() -> new ServletEntry(null, new JavalinServlet(state)));
  }

  /**
   * Opens the connector here, so that an unavailable address is reported once and by this class.
   */
  private static ServerConnector openConnector(
      Server server,
      HttpConfiguration http,
      ListenConfig listen,
      SlowConnectionTimeouts.Timeouts timeouts,
      AddressConnectionLimit addressLimit) {
    LingeringClose lingeringClose = new LingeringClose();
    server.addBean(lingeringClose);
    ServerConnector listener =
        new LingeringConnector(
            server, lingeringClose, addressLimit, connectionFactories(http, listen.tls()));
    listener.setIdleTimeout(timeouts.idle().toMillis());
    listener.setHost(listen.host());
    listener.setPort(listen.port());
    listener.setShutdownIdleTimeout(SHUTDOWN_IDLE_TIMEOUT_MILLIS);
    try {
      listener.open();
    } catch (IOException taken) {
      throw new IllegalStateException(
          "cannot listen on " + listen.host() + ":" + listen.port(), taken);
    }
    return listener;
  }

  /** Jetty uses the first factory for a new connection. */
  private static ConnectionFactory[] connectionFactories(
      HttpConfiguration http, @Nullable TlsConfig tls) {
    if (tls == null) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    try {
      return TlsConnectionFactories.of(
          http, PemKeyStore.read(tls.certificateFile(), tls.keyFile()));
    } catch (InvalidPemException invalid) {
      throw new InvalidCertificateException(invalid);
    }
  }

  private static void installHandlers(
      Server server,
      ConcurrencyLimiter limiter,
      Set<String> exemptPaths,
      JsonCodec json,
      CorsOrigins origins,
      UnaryOperator<Handler> timeouts) {
    JettyErrorHandler problems = new JettyErrorHandler(json);
    server.setErrorHandler(problems);
    // Javalin puts its own handler into the innermost of these handlers.
    Handler application = new ConnectionAbortHandler(new GracefulHandler());
    Handler loadShedding = new LoadSheddingHandler(application, limiter, exemptPaths, problems);
    Handler cors =
        origins.values().isEmpty() ? loadShedding : Cors.with(origins.values(), loadShedding);
    server.setHandler(
        timeouts.apply(
            new SecurityHeaders(
                new EarlyResponseHandler(
                    new HeaderSizeHandler(
                        new AmbiguousRequestHandler(cors, problems), problems)))));
  }
}
