package kassa.adapters.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JavalinState;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.servlet.ServletEntry;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import kassa.adapters.http.json.JsonCodec;
import kassa.application.UseCases;
import kassa.domain.money.AcceptedCurrencies;
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
  private static final Duration LONGEST_OUTCOME = Duration.ofSeconds(15);

  /** How long answers that are ready may take to be sent when nothing else is to be done. */
  private static final long LAST_ANSWERS_MILLIS = 2_000;

  /** Within this a connection that is not used any more is closed, in twice of it at most. */
  private static final long LAST_SILENCE_MILLIS = 500;

  /** Of the request line and all headers together, in bytes: 8 KiB. */
  private static final int LARGEST_HEADERS = 1 << 13;

  /** A connection on which nothing moves for so long is closed, whatever it waits for. */
  private static final Stragglers.Patience PATIENCE =
      new Stragglers.Patience(Duration.ofSeconds(30), Duration.ofSeconds(10));

  /** Most answers fit; the default is larger by far and is allocated for each of them. */
  private static final int ANSWER_BUFFER_BYTES = 2_048;

  private final Javalin javalin;
  private final Admission admission;
  private final Duration stopTimeout;

  private HttpServer(Javalin javalin, Admission admission, Duration stopTimeout) {
    this.javalin = javalin;
    this.admission = admission;
    this.stopTimeout = stopTimeout;
  }

  /**
   * What the server has to know.
   *
   * @param host the address to listen on
   * @param port the port to listen on, 0 to 65,535; any free one for 0
   * @param currencies the currencies that orders may be in
   * @param cursorKey seals the cursors; the same on all nodes and after each start
   * @param version the version of the program
   * @param limits how much is let in at once
   * @param stopTimeout how long requests that are under way may go on when the server is closed
   * @param tls what the server shows over TLS; plain HTTP without it
   * @param proxies who is believed who sent what they pass on
   * @param origins whose pages may read answers in a browser
   */
  public record Config(
      String host,
      int port,
      AcceptedCurrencies currencies,
      SecretKey cursorKey,
      String version,
      Limits limits,
      Duration stopTimeout,
      @Nullable Tls tls,
      Proxies proxies,
      Origins origins) {}

  /**
   * The origins whose pages may call by scripts and read what is answered, besides those of this
   * server. They show a token or a key: cookies are not for them. Source: Fetch Standard, CORS.
   *
   * @param names origins as browsers send them, such as {@code https://shop.example}; none if empty
   */
  public record Origins(List<String> names) {

    private static final Pattern ORIGIN =
        Pattern.compile("https?://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    /**
     * @throws IllegalArgumentException if one of them is no origin
     */
    public Origins {
      names = List.copyOf(names);
      if (!names.stream().allMatch(name -> ORIGIN.matcher(name).matches())) {
        throw new IllegalArgumentException("must be origins such as https://shop.example");
      }
    }
  }

  /**
   * What the server shows over TLS, in PEM. Read once, at the start.
   *
   * @param certificates the file of its certificate, and of those that lead to one that is trusted
   * @param key the file of its private key: PKCS #8, of RSA or of elliptic curves, not encrypted
   */
  public record Tls(Path certificates, Path key) {}

  /**
   * The proxies that are trusted: of a request that one of them passes on, {@code X-Forwarded-For}
   * says who sent it, and {@code X-Forwarded-Proto} whether that was over TLS.
   *
   * @param networks IP addresses, or networks such as {@code 10.0.0.0/8}; none if empty
   */
  public record Proxies(List<String> networks) {

    /**
     * @throws IllegalArgumentException if one of them is neither
     */
    public Proxies {
      networks = List.copyOf(networks);
      networks.forEach(Network::parse);
    }

    private Forwarding forwarding() {
      return new Forwarding(networks.stream().map(Network::parse).toList());
    }
  }

  /**
   * How much is let in at once. Requests beyond it are refused, connections wait.
   *
   * @param requests the most requests that do one thing, 1 or more
   * @param streams the most batches, imports, exports and reports, 1 or more
   * @param connections the most connections, 1 or more
   */
  public record Limits(int requests, int streams, int connections) {

    /**
     * @throws IllegalArgumentException if a limit is below 1
     */
    public Limits {
      if (requests < 1 || streams < 1 || connections < 1) {
        throw new IllegalArgumentException("every limit must be 1 or more");
      }
    }
  }

  /** What is to be shown over TLS cannot be read, or does not belong together. */
  public static final class InvalidCertificateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidCertificateException(String message) {
      super(message);
    }

    InvalidCertificateException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the address cannot be listened on
   * @throws InvalidCertificateException if what is to be shown over TLS cannot be
   */
  public static HttpServer start(Config config, UseCases useCases) {
    return start(config, useCases, PATIENCE);
  }

  static HttpServer start(Config config, UseCases useCases, Stragglers.Patience patience) {
    Admission admission = new Admission(config.limits().requests(), config.limits().streams());
    Javalin javalin = create(config, useCases, admission, patience).start();
    return new HttpServer(javalin, admission, config.stopTimeout());
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
    LOG.info("Stopping: {} requests are under way", admission.close());
    if (!admission.awaitEmpty(stopTimeout)) {
      LOG.warn("{} requests took too long and are broken off", admission.breakOff());
      if (!admission.awaitEmpty(LONGEST_OUTCOME)) {
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
  static Javalin create(Config config, UseCases useCases, Admission admission) {
    return create(config, useCases, admission, PATIENCE);
  }

  private static Javalin create(
      Config config, UseCases useCases, Admission admission, Stragglers.Patience patience) {
    JsonCodec json = new JsonCodec();
    Answers answers = new Answers(json);
    Authentication authentication = new Authentication(useCases.authenticate());
    List<Route> routes = routes(config, useCases, admission, authentication, json, answers);
    Routing routing =
        new Routing(
            routes,
            admission,
            authentication,
            new CallLimits(useCases.countCalls()),
            new Idempotency(useCases.callOnce()),
            answers);
    Set<String> spared =
        routes.stream()
            .filter(route -> !route.load().equals(Admission.Load.SINGLE))
            .map(Route::path)
            .collect(Collectors.toSet());
    return Javalin.create(settings -> {
      configure(settings, config, patience);
      settings.jetty.modifyServer(
          server -> handlers(server, admission, spared, json, patience, config.origins()));
      routing.register(settings);
    });
  }

  private static List<Route> routes(
      Config config,
      UseCases useCases,
      Admission admission,
      Authentication authentication,
      JsonCodec json,
      Answers answers) {
    Cursors cursors = new Cursors(config.cursorKey());
    var quotes = new QuoteHandlers(useCases.quoteCart(), config.currencies(), json, answers);
    var orders =
        new OrderHandlers(
            useCases.placeOrder(), useCases.findOrders(), config.currencies(), json, answers);
    var orderLife =
        new OrderLifeHandlers(
            useCases.moveOrder(),
            useCases.refundOrder(),
            useCases.findOrderToChange(),
            useCases.findOrders(),
            json,
            answers);
    var orderSearch = new OrderSearchHandlers(useCases.findOrders(), cursors, answers);
    var orderExport = new OrderExportHandler(useCases.findOrders(), json);
    var reports = new ReportHandlers(useCases.reportSales(), answers);
    var batch =
        new BatchHandler(
            useCases.placeOrder(), useCases.processOrders(), config.currencies(), json, answers);
    var products =
        new ProductHandlers(
            useCases.keepProducts(),
            useCases.findProducts(),
            config.currencies(),
            cursors,
            json,
            answers);
    var imports =
        new ProductImportHandler(useCases.keepProducts(), config.currencies(), json, answers);
    var rules = new RuleHandlers(useCases.writeRules(), cursors, json, answers);
    var ruleChecks = new RuleCheckHandler(useCases.writeRules(), json, answers);
    var codes = new CodeHandlers(useCases.issueCodes(), cursors, json, answers);
    var accounts =
        new AccountHandlers(
            authentication,
            useCases.register(),
            useCases.signIn(),
            useCases.manageSessions(),
            json,
            answers);
    var sessions = new SessionHandlers(useCases.manageSessions(), answers);
    var users = new UserHandlers(useCases.manageUsers(), cursors, json, answers);
    var keys = new KeyHandlers(useCases.manageKeys(), cursors, json, answers);
    var audit = new AuditHandler(useCases.readAudit(), cursors, answers);
    var service =
        new ServiceHandlers(useCases.checkReadiness(), admission, config.version(), answers);
    var documents = new DocumentHandlers();
    return Stream.of(
            quotes.routes(),
            orderExport.routes(),
            orderSearch.routes(),
            orders.routes(),
            orderLife.routes(),
            reports.routes(),
            batch.routes(),
            products.routes(),
            imports.routes(),
            rules.routes(),
            ruleChecks.routes(),
            codes.routes(),
            accounts.routes(),
            sessions.routes(),
            users.routes(),
            keys.routes(),
            audit.routes(),
            service.routes(),
            documents.routes())
        .flatMap(List::stream)
        .toList();
  }

  private static void configure(
      JavalinConfig settings, Config config, Stragglers.Patience patience) {
    settings.startup.showJavalinBanner = false;
    settings.startup.startupWatcherEnabled = false;
    settings.concurrency.useVirtualThreads = true;
    settings.http.compressionStrategy = CompressionStrategy.NONE;
    settings.http.prefer405over404 = true;
    settings.router.ignoreTrailingSlashes = false;
    settings.http.responseBufferSize = ANSWER_BUFFER_BYTES;
    settings.jetty.addConnector((server, http) -> listener(server, http, config, patience));
    settings.jetty.modifyHttpConfiguration(http -> {
      http.setRequestHeaderSize(LARGEST_HEADERS);
      http.setUriCompliance(UriCompliance.DEFAULT);
      http.setOutputBufferSize(ANSWER_BUFFER_BYTES);
      http.addCustomizer(config.proxies().forwarding());
    });
    settings.jetty.modifyServer(server -> {
      server.addBean(new NetworkConnectionLimit(config.limits().connections(), server));
      server.setStopTimeout(LAST_ANSWERS_MILLIS);
    });
    withoutWebSockets(settings.unsafe);
  }

  /** The framework's own servlet begins a session, kept for ever, for each upgrade it refuses. */
  private static void withoutWebSockets(JavalinState state) {
    state.servlet = LazyKt.lazy(() -> new ServletEntry(null, new JavalinServlet(state)));
  }

  /** Opened here, so that an address that is taken is told once, and by us. */
  private static ServerConnector listener(
      Server server, HttpConfiguration http, Config config, Stragglers.Patience patience) {
    ServerConnector listener = new ServerConnector(server, protocols(http, config.tls()));
    listener.setIdleTimeout(patience.silence().toMillis());
    listener.setHost(config.host());
    listener.setPort(config.port());
    listener.setShutdownIdleTimeout(LAST_SILENCE_MILLIS);
    try {
      listener.open();
    } catch (IOException taken) {
      throw new IllegalStateException(
          "cannot listen on " + config.host() + ":" + config.port(), taken);
    }
    return listener;
  }

  /** The first of them meets those who connect. */
  private static ConnectionFactory[] protocols(HttpConfiguration http, @Nullable Tls tls) {
    return tls == null
        ? new ConnectionFactory[] {new HttpConnectionFactory(http)}
        : TlsProtocols.over(http, Certificates.read(tls.certificates(), tls.key()));
  }

  private static void handlers(
      Server server,
      Admission admission,
      Set<String> spared,
      JsonCodec json,
      Stragglers.Patience patience,
      Origins origins) {
    JettyProblems problems = new JettyProblems(json);
    server.setErrorHandler(problems);
    // The framework puts its own handler into the innermost of these.
    Handler admitted = new Connections(new GracefulHandler());
    Handler refusing = new EarlyRefusal(admitted, admission, spared, problems);
    Handler shared = origins.names().isEmpty() ? refusing : Sharing.with(origins, refusing);
    server.setHandler(new Stragglers(new SafetyHeaders(shared), patience));
  }
}
