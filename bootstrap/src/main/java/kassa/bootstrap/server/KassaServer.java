package kassa.bootstrap.server;

import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.ApiConfig;
import kassa.adapters.http.HttpServer;
import kassa.adapters.http.ListenConfig;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.admin.OwnerOnly;
import kassa.adapters.telemetry.ServerTelemetry;
import kassa.application.OperatorUseCases;
import kassa.application.UseCases;
import kassa.application.port.in.identity.StartLocalSession;
import kassa.application.port.in.service.CheckReadiness;
import kassa.application.port.in.webhook.DeliverWebhooks;
import kassa.application.telemetry.Telemetry;
import kassa.application.telemetry.Tracing;
import kassa.bootstrap.admin.LocalAdminServer;
import kassa.bootstrap.admin.LocalOperatorSessions;
import kassa.bootstrap.admin.LocalOperatorUsers;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.FirstAdmin;
import kassa.bootstrap.config.SecretRedactor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: database, use cases, HTTP server, scheduled tasks and local admin channel. */
public final class KassaServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KassaServer.class);

  private final OpenResources resources;
  private final @Nullable String generatedAdminPassword;
  private final String address;

  private KassaServer(
      OpenResources resources, @Nullable String generatedAdminPassword, String address) {
    this.resources = resources;
    this.generatedAdminPassword = generatedAdminPassword;
    this.address = address;
  }

  /**
   * Starts a server.
   *
   * @param version the version of the program
   * @throws RuntimeException if the database or the address is not available, or the first admin
   *     cannot be created; nothing is left running
   */
  public static KassaServer start(Config config, String version) {
    return start(config, version, null);
  }

  /**
   * Starts a server that also accepts a token of the local operator.
   *
   * @param token {@code null} for none
   * @throws RuntimeException as {@link #start(Config, String)} does
   */
  public static KassaServer start(
      Config config, String version, @Nullable LocalOperatorToken token) {
    restrictDataFolder(config);
    // Before the database, so that the process is live early. See docs/decisions/0168.
    OpenResources resources = new OpenResources();
    Tracing tracing = TracingLoader.start(version);
    if (tracing != null) {
      // Closed last: the requests that run at the shutdown are exported, too.
      resources.add(tracing);
    }
    Telemetry telemetry = new ServerTelemetry(version, tracing);
    HttpServer server = HttpServer.open(config.http(), version, telemetry);
    try {
      return start(config, version, token, resources, server, telemetry);
    } catch (RuntimeException failed) {
      resources.add(server);
      resources.closeAfter(failed);
      throw failed;
    }
  }

  private static void restrictDataFolder(Config config) {
    if (Files.isDirectory(config.dataDir()) && OwnerOnly.restrict(config.dataDir())) {
      LOG.info("Restricted {} to its owner; others could read it", config.dataDir());
    }
  }

  private static KassaServer start(
      Config config,
      String version,
      @Nullable LocalOperatorToken token,
      OpenResources resources,
      HttpServer server,
      Telemetry telemetry) {
    Persistence persistence = resources.add(Persistence.open(config.database(), telemetry));
    ApplicationWiring application =
        ApplicationWiring.wire(persistence, config, InstantSource.system(), telemetry);
    WarmUp warmUp = new WarmUp(config.service().warmUp());
    CheckReadiness readiness =
        warmUp.beforeReady(application.useCases().service().checkReadiness());
    UseCases useCases =
        withLocalOperator(application.useCases(), token).withCheckReadiness(readiness);
    OperatorUseCases operatorUseCases = application.operatorUseCases();
    FirstAdmin firstAdmin = config.identity().firstAdmin();
    FirstAdminInitializer admins = new FirstAdminInitializer(operatorUseCases.createFirstAdmin());
    admins.createWithConfiguredPassword(firstAdmin);
    // Closed after the HTTP server, because its requests may still be counted.
    resources.add(
        ScheduledTasks.start(
            List.of(
                () -> useCases.runIdempotently().purgeExpired(),
                () -> operatorUseCases.purgeExpired().purgeExpired()),
            Duration.ofMinutes(1),
            Duration.ofHours(1)));
    resources.add(
        ScheduledTasks.startLong(
            persistence::refreshSalesSums, Duration.ofSeconds(10), Duration.ofHours(1)));
    resources.add(application.webhooks());
    DeliverWebhooks webhooks = resources.add(useCases.events().deliverWebhooks());
    resources.add(
        ScheduledTasks.startLong(
            isStopped -> webhooks.purge(config.service().webhooks().retention()),
            Duration.ofMinutes(1),
            Duration.ofHours(1)));
    resources.add(
        ScheduledTasks.startLong(
            isStopped -> operatorUseCases.purgeEvents().purge(isStopped),
            Duration.ofMinutes(1),
            Duration.ofHours(1)));
    resources.add(
        ScheduledTasks.start(
            List.of(new RateLimitSync(useCases.identity().rateLimiter()), webhooks::takeEndpoints),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));
    resources.add(
        ScheduledTasks.start(
            List.of(HeapTrim.ofThisProcess()), Duration.ofSeconds(2), Duration.ofSeconds(10)));
    resources.add(server);
    ApiConfig api =
        new ApiConfig(
            config.pricing().currencies(),
            new SecretKeySpec(persistence.cursorKey(), "HmacSHA256"));
    server.serve(api, useCases);
    String address = address(config.http().listen(), server.port());
    ListenConfig management = config.http().management();
    if (management != null) {
      LOG.info("Metrics and health checks are at {}", address(management, server.managementPort()));
    }
    LocalAdminServer localAdminServer = null;
    if (token == null || isEmbedded(config)) {
      localAdminServer =
          listenToLocalAdmins(
              persistence,
              LocalOperatorUsers.of(useCases),
              operatorUseCases.startLocalSession(),
              config,
              address);
      if (localAdminServer != null) {
        // Closed first: clients that trust the HTTP port must know before it is free.
        resources.add(localAdminServer);
      }
    }
    String generatedPassword = admins.createWithGeneratedPassword(firstAdmin);
    if (localAdminServer != null) {
      // Not before: a login of the first admin needs the user.
      localAdminServer.serve();
    }
    resources.add(warmUp);
    warmUp.start(persistence, config, api, version, server::isIdle);
    return new KassaServer(resources, generatedPassword, address);
  }

  private static UseCases withLocalOperator(UseCases useCases, @Nullable LocalOperatorToken token) {
    return token == null
        ? useCases
        : useCases.withAuthenticate(token.withFallback(useCases.identity().authenticate()));
  }

  /**
   * Opens the socket of the local admin server. On PostgreSQL it serves {@code ./kassa login} only,
   * so that the server also runs without it, and the temporary server of an import has none: its
   * socket would replace that of a running server.
   */
  private static @Nullable LocalAdminServer listenToLocalAdmins(
      Persistence persistence,
      LocalOperatorUsers users,
      StartLocalSession startLocalSession,
      Config config,
      String address) {
    FirstAdmin firstAdmin = config.identity().firstAdmin();
    LocalOperatorSessions sessions =
        new LocalOperatorSessions(
            startLocalSession, firstAdmin == null ? null : firstAdmin.email());
    try {
      return LocalAdminServer.listen(persistence, users, sessions, config, address);
    } catch (IllegalStateException unavailable) {
      if (isEmbedded(config)) {
        throw unavailable;
      }
      LOG.warn("./kassa login is not available: {}", SecretRedactor.failureReason(unavailable));
      return null;
    }
  }

  private static boolean isEmbedded(Config config) {
    try (DatabaseAdmin database = new DatabaseAdmin(config.database().url())) {
      return database.file().isPresent();
    }
  }

  private static String address(ListenConfig listen, int port) {
    String scheme = listen.tls() == null ? "http" : "https";
    String host = listen.host();
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** URL of the HTTP server, such as {@code http://127.0.0.1:8080}. */
  public String address() {
    return address;
  }

  /** The password of the first admin if this start generated one, to be shown once. */
  public @Nullable String generatedAdminPassword() {
    return generatedAdminPassword;
  }

  /** Shuts down gracefully, from the HTTP server to the database: running requests complete. */
  @Override
  public void close() {
    resources.close();
  }
}
