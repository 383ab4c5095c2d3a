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
import kassa.adapters.http.jetty.Cors;
import kassa.adapters.http.jetty.InvalidPemException;
import kassa.adapters.http.jetty.JettyErrorHandler;
import kassa.adapters.http.jetty.LoadSheddingHandler;
import kassa.adapters.http.jetty.PemKeyStore;
import kassa.adapters.http.jetty.SecurityHeaders;
import kassa.adapters.http.jetty.SlowConnectionTimeouts;
import kassa.adapters.http.jetty.TlsConnectionFactories;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.OrderHandlers;
import kassa.adapters.http.order.OrderTransitionHandlers;
import kassa.adapters.http.order.batch.BatchHandler;
import kassa.adapters.http.order.search.OrderExportHandler;
import kassa.adapters.http.order.search.OrderSearchHandlers;
import kassa.adapters.http.pricing.QuoteHandlers;
import kassa.adapters.http.report.SalesReportHandlers;
import kassa.adapters.http.request.Cursors;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.ConnectionAbortHandler;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.RateLimitFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.routing.Routing;
import kassa.adapters.http.rule.RuleHandlers;
import kassa.adapters.http.rule.RuleLintHandler;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.adapters.http.service.OpenApiHandlers;
import kassa.adapters.http.service.ServiceHandlers;
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

/** The HTTP server. Answers every request on a virtual thread of its own. */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** Within this the store tells what became of what it has begun. */
  private static final Duration STORE_OUTCOME_TIMEOUT = Duration.ofSeconds(15);

  /** How long answers that are ready may take to be sent when nothing else is to be done. */
  private static final long LAST_RESPONSES_TIMEOUT_MILLIS = 2_000;

  /** Within this a connection that is not used any more is closed, in twice of it at most. */
  private static final long SHUTDOWN_IDLE_TIMEOUT_MILLIS = 500;

  /** Of the request line and all headers together, in bytes: 8 KiB. */
  private static final int MAX_HEADER_BYTES = 1 << 13;

  /** A connection on which nothing moves for so long is closed, whatever it waits for. */
  private static final SlowConnectionTimeouts.Timeouts TIMEOUTS =
      new SlowConnectionTimeouts.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(10));

  /** Most answers fit; the default is larger by far and is allocated for each of them. */
  private static final int RESPONSE_BUFFER_BYTES = 2_048;

  private final Javalin javalin;
  private final ConcurrencyLimiter limiter;
  private final Duration stopTimeout;

  private HttpServer(Javalin javalin, ConcurrencyLimiter limiter, Duration stopTimeout) {
    this.javalin = javalin;
    this.limiter = limiter;
    this.stopTimeout = stopTimeout;
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the address cannot be listened on
   * @throws InvalidCertificateException if what is to be shown over TLS cannot be
   */
  public static HttpServer start(HttpConfig config, UseCases useCases) {
    return start(config, useCases, TIMEOUTS);
  }

  static HttpServer start(
      HttpConfig config, UseCases useCases, SlowConnectionTimeouts.Timeouts timeouts) {
    ConcurrencyLimiter limiter =
        new ConcurrencyLimiter(config.limits().maxRequests(), config.limits().maxBulkRequests());
    Javalin javalin = create(config, useCases, limiter, timeouts).start();
    return new HttpServer(javalin, limiter, config.stopTimeout());
  }

  /** The port that the server listens on. */
  public int port() {
    return javalin.port();
  }

  /**
   * Refuses what comes from now on, says so when it is asked whether it is ready, and returns when
   * what was under way has been answered. What takes longer than it may is broken off, but for
   * outcomes that are about to come from the store.
   */
  @Override
  public void close() {
    LOG.info("Stopping: {} requests are under way", limiter.close());
    if (!limiter.awaitIdle(stopTimeout)) {
      LOG.warn("{} requests took too long and are broken off", limiter.abortClientTransfers());
      if (!limiter.awaitIdle(STORE_OUTCOME_TIMEOUT)) {
        LOG.error("Requests were still under way when the server ended");
      }
    }
    try {
      javalin.stop();
    } catch (JavalinException late) {
      LOG.warn("Connections that were not let go by their clients were cut off", late);
    }
  }

  /** The server as it will be started. */
  static Javalin create(HttpConfig config, UseCases useCases, ConcurrencyLimiter limiter) {
    return create(config, useCases, limiter, TIMEOUTS);
  }

  private static Javalin create(
      HttpConfig config,
      UseCases useCases,
      ConcurrencyLimiter limiter,
      SlowConnectionTimeouts.Timeouts timeouts) {
    JsonCodec json = new JsonCodec();
    Responses responses = new Responses(json);
    RequestAuthenticator authentication = new RequestAuthenticator(useCases.authenticate());
    List<Route> routes = routes(config, useCases, limiter, authentication, json, responses);
    Routing routing =
        new Routing(
            routes,
            limiter,
            authentication,
            new RateLimitFilter(useCases.rateLimiter()),
            new IdempotencyFilter(useCases.runIdempotently()),
            responses);
    Set<String> exemptPaths =
        routes.stream()
            .filter(route -> !route.requestClass().equals(ConcurrencyLimiter.RequestClass.SINGLE))
            .map(Route::path)
            .collect(Collectors.toSet());
    return Javalin.create(settings -> {
      configure(settings, config, timeouts);
      settings.jetty.modifyServer(server ->
          installHandlers(server, limiter, exemptPaths, json, timeouts, config.corsOrigins()));
      routing.register(settings);
    });
  }

  private static List<Route> routes(
      HttpConfig config,
      UseCases useCases,
      ConcurrencyLimiter limiter,
      RequestAuthenticator authentication,
      JsonCodec json,
      Responses responses) {
    Cursors cursors = new Cursors(config.cursorKey());
    var quotes = new QuoteHandlers(useCases.quoteCart(), config.currencies(), json, responses);
    var orders =
        new OrderHandlers(
            useCases.placeOrder(), useCases.findOrders(), config.currencies(), json, responses);
    var orderTransitions =
        new OrderTransitionHandlers(
            useCases.changeOrderStatus(),
            useCases.refundOrder(),
            useCases.findOrderToChange(),
            useCases.findOrders(),
            json,
            responses);
    var orderSearch = new OrderSearchHandlers(useCases.findOrders(), cursors, responses);
    var orderExport = new OrderExportHandler(useCases.findOrders(), json);
    var reports = new SalesReportHandlers(useCases.reportSales(), responses);
    var batch =
        new BatchHandler(
            useCases.placeOrder(),
            useCases.placeOrderBatch(),
            config.currencies(),
            json,
            responses);
    var products =
        new ProductHandlers(
            useCases.manageProducts(),
            useCases.findProducts(),
            config.currencies(),
            cursors,
            json,
            responses);
    var imports =
        new ProductImportHandler(useCases.manageProducts(), config.currencies(), json, responses);
    var rules = new RuleHandlers(useCases.manageRules(), cursors, json, responses);
    var ruleLint = new RuleLintHandler(useCases.manageRules(), json, responses);
    var codes = new CodeHandlers(useCases.manageCodes(), cursors, json, responses);
    var accounts =
        new AccountHandlers(
            authentication,
            useCases.registerCustomer(),
            useCases.signIn(),
            useCases.manageSessions(),
            json,
            responses);
    var sessions = new SessionHandlers(useCases.manageSessions(), responses);
    var users = new UserHandlers(useCases.manageUsers(), cursors, json, responses);
    var keys = new ApiKeyHandlers(useCases.manageApiKeys(), cursors, json, responses);
    var auditLog = new AuditLogHandler(useCases.readAuditLog(), cursors, responses);
    var service =
        new ServiceHandlers(useCases.checkReadiness(), limiter, config.version(), responses);
    var documents = new OpenApiHandlers();
    return Stream.of(
            quotes.routes(),
            orderExport.routes(),
            orderSearch.routes(),
            orders.routes(),
            orderTransitions.routes(),
            reports.routes(),
            batch.routes(),
            products.routes(),
            imports.routes(),
            rules.routes(),
            ruleLint.routes(),
            codes.routes(),
            accounts.routes(),
            sessions.routes(),
            users.routes(),
            keys.routes(),
            auditLog.routes(),
            service.routes(),
            documents.routes())
        .flatMap(List::stream)
        .toList();
  }

  private static void configure(
      JavalinConfig settings, HttpConfig config, SlowConnectionTimeouts.Timeouts timeouts) {
    settings.startup.showJavalinBanner = false;
    settings.startup.startupWatcherEnabled = false;
    settings.concurrency.useVirtualThreads = true;
    settings.http.compressionStrategy = CompressionStrategy.NONE;
    settings.http.prefer405over404 = true;
    settings.router.ignoreTrailingSlashes = false;
    settings.http.responseBufferSize = RESPONSE_BUFFER_BYTES;
    settings.jetty.addConnector((server, http) -> openConnector(server, http, config, timeouts));
    settings.jetty.modifyHttpConfiguration(http -> {
      http.setRequestHeaderSize(MAX_HEADER_BYTES);
      http.setUriCompliance(UriCompliance.DEFAULT);
      http.setOutputBufferSize(RESPONSE_BUFFER_BYTES);
      http.addCustomizer(config.trustedProxies().toCustomizer());
    });
    settings.jetty.modifyServer(server -> {
      server.addBean(new NetworkConnectionLimit(config.limits().maxConnections(), server));
      server.setStopTimeout(LAST_RESPONSES_TIMEOUT_MILLIS);
    });
    disableWebSockets(settings.unsafe);
  }

  /** The framework's own servlet begins a session, kept for ever, for each upgrade it refuses. */
  private static void disableWebSockets(JavalinState state) {
    state.servlet = LazyKt.lazy(() -> new ServletEntry(null, new JavalinServlet(state)));
  }

  /** Opened here, so that an address that is taken is told once, and by us. */
  private static ServerConnector openConnector(
      Server server,
      HttpConfiguration http,
      HttpConfig config,
      SlowConnectionTimeouts.Timeouts timeouts) {
    ServerConnector listener = new ServerConnector(server, connectionFactories(http, config.tls()));
    listener.setIdleTimeout(timeouts.idle().toMillis());
    listener.setHost(config.host());
    listener.setPort(config.port());
    listener.setShutdownIdleTimeout(SHUTDOWN_IDLE_TIMEOUT_MILLIS);
    try {
      listener.open();
    } catch (IOException taken) {
      throw new IllegalStateException(
          "cannot listen on " + config.host() + ":" + config.port(), taken);
    }
    return listener;
  }

  /** The first of them meets those who connect. */
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
      SlowConnectionTimeouts.Timeouts timeouts,
      CorsOrigins origins) {
    JettyErrorHandler problems = new JettyErrorHandler(json);
    server.setErrorHandler(problems);
    // The framework puts its own handler into the innermost of these.
    Handler application = new ConnectionAbortHandler(new GracefulHandler());
    Handler loadShedding = new LoadSheddingHandler(application, limiter, exemptPaths, problems);
    Handler cors =
        origins.values().isEmpty() ? loadShedding : Cors.with(origins.values(), loadShedding);
    server.setHandler(new SlowConnectionTimeouts(new SecurityHeaders(cors), timeouts));
  }
}
