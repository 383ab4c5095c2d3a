package kassa.adapters.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.servlet.JavalinServlet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import kassa.adapters.http.jetty.ActiveRequests;
import kassa.adapters.http.jetty.AddressConnectionLimit;
import kassa.adapters.http.jetty.AmbiguousRequestHandler;
import kassa.adapters.http.jetty.Cors;
import kassa.adapters.http.jetty.DeferredHandler;
import kassa.adapters.http.jetty.EarlyResponseHandler;
import kassa.adapters.http.jetty.HeaderSizeHandler;
import kassa.adapters.http.jetty.InvalidPemException;
import kassa.adapters.http.jetty.JettyErrorHandler;
import kassa.adapters.http.jetty.JettyThreads;
import kassa.adapters.http.jetty.LingeringClose;
import kassa.adapters.http.jetty.LingeringConnector;
import kassa.adapters.http.jetty.LoadSheddingHandler;
import kassa.adapters.http.jetty.ManagementHandler;
import kassa.adapters.http.jetty.NonBlockingDispatcher;
import kassa.adapters.http.jetty.PemKeyStore;
import kassa.adapters.http.jetty.RequestObserver;
import kassa.adapters.http.jetty.SecurityHeaders;
import kassa.adapters.http.jetty.SlowConnectionTimeouts;
import kassa.adapters.http.jetty.TlsConnectionFactories;
import kassa.adapters.http.jetty.TraceScopeHandler;
import kassa.adapters.http.jetty.TrustedProxyCustomizer;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.ConnectionAbortHandler;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.RateLimitFilter;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.routing.Routing;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.adapters.http.service.ServiceHandlers;
import kassa.application.UseCases;
import kassa.application.telemetry.Telemetry;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
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

  private static final String CONTEXT_PATH = "/";

  private final Server jetty;
  private final DeferredHandler application;
  private final JettyErrorHandler problems;
  private final HttpConfig config;
  private final String version;
  private final JsonCodec json;
  private final ConcurrencyLimiter limiter;
  private final Telemetry telemetry;

  private HttpServer(
      Server jetty,
      DeferredHandler application,
      JettyErrorHandler problems,
      HttpConfig config,
      String version,
      JsonCodec json,
      ConcurrencyLimiter limiter,
      Telemetry telemetry) {
    this.jetty = jetty;
    this.application = application;
    this.problems = problems;
    this.config = config;
    this.version = version;
    this.json = json;
    this.limiter = limiter;
    this.telemetry = telemetry;
  }

  /**
   * Starts a server that listens on the configured address. It is live, but rejects other requests
   * until {@link #serve}.
   *
   * @param version the version of the program
   * @param telemetry receives what is measured
   * @throws IllegalStateException if an address is not available
   * @throws InvalidCertificateException if the certificate or its key cannot be used
   */
  public static HttpServer open(HttpConfig config, String version, Telemetry telemetry) {
    return open(config, version, TIMEOUTS, telemetry);
  }

  static HttpServer open(
      HttpConfig config,
      String version,
      SlowConnectionTimeouts.Timeouts timeouts,
      Telemetry telemetry) {
    TrustedProxyCustomizer proxies = config.trustedProxies().toCustomizer();
    ActiveRequests activeRequests = new ActiveRequests();
    return open(
        config,
        version,
        timeouts,
        activeRequests,
        telemetry,
        (jetty, limiter) ->
            openConnector(
                jetty,
                httpConfiguration(proxies),
                config.listen(),
                timeouts,
                new AddressConnectionLimit(
                    config.limits().maxConnectionsPerAddress(),
                    proxies::isTrusted,
                    activeRequests,
                    limiter)));
  }

  /**
   * Starts a server that listens on no address: only {@link #respond} sends requests to it.
   *
   * @param version the version of the program
   */
  public static HttpServer openWithoutAddress(HttpConfig config, String version) {
    TrustedProxyCustomizer proxies = config.trustedProxies().toCustomizer();
    return open(
        config,
        version,
        TIMEOUTS,
        new ActiveRequests(),
        Telemetry.none(),
        (jetty, limiter) ->
            new LocalConnector(jetty, new HttpConnectionFactory(httpConfiguration(proxies))));
  }

  private static HttpServer open(
      HttpConfig config,
      String version,
      SlowConnectionTimeouts.Timeouts timeouts,
      ActiveRequests activeRequests,
      Telemetry telemetry,
      BiFunction<Server, ConcurrencyLimiter, Connector> connector) {
    JsonCodec json = new JsonCodec();
    ConcurrencyLimiter limiter =
        ConcurrencyLimiter.ofHeap(config.limits().maxRequests(), config.limits().maxBulkRequests());
    JettyErrorHandler problems = new JettyErrorHandler(json);
    DeferredHandler application = new DeferredHandler(problems);
    Server jetty = JettyThreads.createServer(config.listen().tls() == null);
    jetty.setErrorHandler(problems);
    jetty.setStopTimeout(LAST_RESPONSES_TIMEOUT_MILLIS);
    jetty.getMimeTypes().addInferred("text/plain", "utf-8");
    Handler dispatcher =
        new NonBlockingDispatcher(
            new SlowConnectionTimeouts(
                new TraceScopeHandler(
                    new SecurityHeaders(
                        new EarlyResponseHandler(
                            new HeaderSizeHandler(
                                new AmbiguousRequestHandler(application, problems), problems)))),
                timeouts,
                limiter,
                activeRequests),
            ServiceHandlers.constantBodies(version),
            limiter,
            config.listen().tls() != null);
    Connector main = connector.apply(jetty, limiter);
    ListenConfig management = config.management();
    jetty.setHandler(
        new RequestObserver(
            management == null ? dispatcher : new ManagementHandler(dispatcher, problems),
            telemetry,
            config.accessLog() && main instanceof ServerConnector));
    addConnectors(jetty, main, config);
    try {
      jetty.start();
    } catch (Exception failure) {
      throw new IllegalStateException("the HTTP server cannot start", failure);
    }
    return new HttpServer(jetty, application, problems, config, version, json, limiter, telemetry);
  }

  /** Adds the connectors: the first one serves the API, and has the limit of connections. */
  private static void addConnectors(Server jetty, Connector main, HttpConfig config) {
    jetty.addBean(new NetworkConnectionLimit(config.limits().maxConnections(), main));
    jetty.addConnector(main);
    ListenConfig management = config.management();
    if (management != null && main instanceof ServerConnector listener) {
      ServerConnector second = ManagementHandler.createConnector(jetty, httpConfiguration());
      try {
        jetty.addConnector(open(second, management));
      } catch (IllegalStateException taken) {
        listener.close();
        throw taken;
      }
    }
  }

  /** Serves the API from now on. Called once. */
  public void serve(ApiConfig api, UseCases useCases) {
    RequestAuthenticator authentication =
        new RequestAuthenticator(useCases.identity().authenticate());
    Responses responses = new Responses(json);
    List<Route> routes =
        ApiRoutes.of(
            api,
            useCases,
            version,
            limiter,
            authentication,
            json,
            responses,
            config.management() != null,
            telemetry);
    Set<String> exemptPaths =
        routes.stream()
            .filter(route -> !route.requestClass().equals(RequestClass.SINGLE))
            .map(Route::path)
            .collect(Collectors.toSet());
    Routing routing =
        new Routing(
            routes,
            limiter,
            authentication,
            new RateLimitFilter(useCases.identity().rateLimiter(), telemetry),
            new IdempotencyFilter(useCases.runIdempotently(), json),
            responses,
            MemoryBudget.ofHeap());
    ServletContextHandler servlets = new ServletContextHandler(ServletContextHandler.NO_SESSIONS);
    servlets.setContextPath(CONTEXT_PATH);
    // Not Javalin's own servlet, which leaks a session for each WebSocket upgrade that it rejects.
    servlets.addServlet(new ServletHolder(new JavalinServlet(createRouter(routing).unsafe)), "/*");
    Handler loadShedding =
        new LoadSheddingHandler(
            new ConnectionAbortHandler(new GracefulHandler(servlets)),
            limiter,
            exemptPaths,
            problems);
    List<String> origins = config.corsOrigins().values();
    application.install(origins.isEmpty() ? loadShedding : Cors.with(origins, loadShedding));
  }

  /** Returns whether no request is running, apart from health checks. */
  public boolean isIdle() {
    return limiter.isIdle();
  }

  /**
   * Answers a request of this process. Only without an address.
   *
   * @param request a whole HTTP/1.1 request
   * @return the whole response
   * @throws IllegalStateException if there is none within ten seconds
   */
  public String respond(String request) {
    try {
      return ((LocalConnector) jetty.getConnectors()[0]).getResponse(request, 10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException("no response", failure);
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
  }

  /** Returns the management port. Only with one. */
  public int managementPort() {
    return ((ServerConnector) jetty.getConnectors()[1]).getLocalPort();
  }

  /**
   * Shuts down gracefully: reports that it is not ready, rejects new requests, and returns when the
   * running requests have completed. After the shutdown timeout it aborts transfers from and to
   * clients, and waits only for outcomes of the store. Idempotent.
   */
  @Override
  public void close() {
    if (limiter.isClosed()) {
      return;
    }
    int running = limiter.close();
    if (application.isInstalled() && jetty.getConnectors()[0] instanceof ServerConnector) {
      LOG.info("Stopping: {} requests are running", running);
    }
    if (!limiter.awaitIdle(config.limits().shutdownTimeout())) {
      LOG.warn("Shutdown timeout: {} requests are aborted", limiter.abortClientTransfers());
      if (!limiter.awaitIdle(STORE_OUTCOME_TIMEOUT)) {
        LOG.error("Requests were still running when the server stopped");
      }
    }
    try {
      jetty.stop();
    } catch (Exception late) {
      LOG.warn("Connections that clients kept open were closed", late);
    }
  }

  /** Creates the router, which runs in a servlet of this server instead of a server of its own. */
  static Javalin createRouter(Routing routing) {
    return Javalin.create(settings -> {
      settings.startup.showJavalinBanner = false;
      settings.startup.startupWatcherEnabled = false;
      settings.http.compressionStrategy = CompressionStrategy.NONE;
      settings.http.prefer405over404 = true;
      settings.router.ignoreTrailingSlashes = false;
      settings.http.responseBufferSize = RESPONSE_BUFFER_BYTES;
      routing.register(settings);
    });
  }

  private static HttpConfiguration httpConfiguration(TrustedProxyCustomizer proxies) {
    HttpConfiguration http = httpConfiguration();
    http.addCustomizer(proxies);
    return http;
  }

  private static HttpConfiguration httpConfiguration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HeaderSizeHandler.MAX_BYTES);
    http.setUriCompliance(PATHS);
    http.setOutputBufferSize(RESPONSE_BUFFER_BYTES);
    return http;
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
    return open(listener, listen);
  }

  private static ServerConnector open(ServerConnector listener, ListenConfig listen) {
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
}
