package kassa.bootstrap.server;

import com.fasterxml.uuid.Generators;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.HttpConfig;
import kassa.adapters.http.HttpServer;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.secrets.Secrets;
import kassa.application.UseCases;
import kassa.application.port.in.identity.PurgeExpired;
import kassa.bootstrap.admin.LocalAdminServer;
import kassa.bootstrap.admin.LocalOperatorUsers;
import kassa.bootstrap.config.Config;
import org.jspecify.annotations.Nullable;

/** Kassa, put together and running. */
public final class KassaServer implements AutoCloseable {

  private final Persistence persistence;
  private final HttpServer server;
  private final ScheduledTasks scheduledTasks;
  private final ScheduledTasks rateLimitSync;
  private final @Nullable LocalAdminServer localAdminServer;
  private final @Nullable String generatedAdminPassword;
  private final String address;

  private KassaServer(
      Persistence persistence,
      HttpServer server,
      ScheduledTasks scheduledTasks,
      ScheduledTasks rateLimitSync,
      @Nullable LocalAdminServer localAdminServer,
      @Nullable String generatedAdminPassword,
      String address) {
    this.persistence = persistence;
    this.server = server;
    this.scheduledTasks = scheduledTasks;
    this.rateLimitSync = rateLimitSync;
    this.localAdminServer = localAdminServer;
    this.generatedAdminPassword = generatedAdminPassword;
    this.address = address;
  }

  /**
   * Puts everything together, from the inside out, and starts it.
   *
   * @throws RuntimeException if the database or the address cannot be had, or the first admin
   *     cannot be made; nothing is left running
   */
  public static KassaServer start(Config config, String version) {
    return start(config, version, null);
  }

  /** The same, and lets the owner in who shows a token. */
  public static KassaServer start(
      Config config, String version, @Nullable LocalOperatorToken token) {
    Persistence persistence =
        Persistence.open(new PersistenceConfig(config.databaseUrl(), config.databasePoolSize()));
    try {
      UseCases.Stores stores = stores(persistence);
      UseCases.Environment environment = environment(InstantSource.system());
      UseCases.Secrets secrets = secrets(config);
      UseCases allUseCases =
          UseCases.create(
              stores,
              environment,
              secrets,
              config.sessionLimits(),
              config.rateLimitPerMinute(),
              config.pricingPolicy(),
              config.batchLimits());
      UseCases useCases =
          token == null
              ? allUseCases
              : allUseCases.withAuthenticate(token.withFallback(allUseCases.authenticate()));
      String generatedPassword =
          new FirstAdminInitializer(stores, environment, secrets)
              .createIfAbsent(config.firstAdmin());
      PurgeExpired purgeExpired =
          UseCases.purgeExpired(stores, environment, config.sessionLimits());
      HttpServer server =
          HttpServer.start(
              new HttpConfig(
                  config.host(),
                  config.port(),
                  config.currencies(),
                  new SecretKeySpec(persistence.cursorKey(), "HmacSHA256"),
                  version,
                  config.httpLimits(),
                  config.shutdownTimeout(),
                  config.tls(),
                  config.trustedProxies(),
                  config.corsOrigins()),
              useCases);
      ScheduledTasks scheduledTasks =
          ScheduledTasks.start(
              List.of(() -> useCases.runIdempotently().purgeExpired(), purgeExpired::purgeExpired),
              Duration.ofMinutes(1),
              Duration.ofHours(1));
      ScheduledTasks rateLimitSync =
          ScheduledTasks.start(
              List.of(new RateLimitSync(useCases.rateLimiter())),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1));
      String address = address(config, server.port());
      return new KassaServer(
          persistence,
          server,
          scheduledTasks,
          rateLimitSync,
          localAdminServer(persistence, LocalOperatorUsers.of(useCases), config, address),
          generatedPassword,
          address);
    } catch (RuntimeException failed) {
      persistence.close();
      throw failed;
    }
  }

  /** All that the use-cases keep things in. */
  public static UseCases.Stores stores(Persistence persistence) {
    return new UseCases.Stores(
        persistence.orders(),
        persistence.idempotencyRecords(),
        persistence.sales(),
        persistence.rules(),
        persistence.codes(),
        persistence.usage(),
        persistence.products(),
        persistence.users(),
        persistence.sessions(),
        persistence.apiKeys(),
        persistence.failedAttempts(),
        persistence.rateLimits(),
        persistence.auditLog(),
        persistence.probe());
  }

  /** What the use-cases cannot know by themselves. */
  public static UseCases.Environment environment(InstantSource clock) {
    return new UseCases.Environment(
        clock, Generators.timeBasedEpochGenerator()::generate, new SecureRandom()::nextInt);
  }

  /** What keeps their secrets. */
  public static UseCases.Secrets secrets(Config config) {
    Secrets secrets = Secrets.create(config.maxConcurrentHashes());
    return new UseCases.Secrets(secrets.passwords(), secrets.tokens());
  }

  /** Only an embedded database needs one: of PostgreSQL everybody can ask for himself. */
  private static @Nullable LocalAdminServer localAdminServer(
      Persistence persistence, LocalOperatorUsers users, Config config, String address) {
    return new DatabaseAdmin(config.databaseUrl())
        .file()
        .map(file -> LocalAdminServer.start(persistence, users, file, address))
        .orElse(null);
  }

  private static String address(Config config, int port) {
    String scheme = config.tls() == null ? "http" : "https";
    String host = config.host();
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Where it listens: {@code http://127.0.0.1:8080}. */
  public String address() {
    return address;
  }

  /** The number that the next order will most likely get. */
  public long nextOrderNumber() {
    return persistence.orders().listNewestFirst(null, 1).stream()
        .mapToLong(order -> order.number().value() + 1)
        .findFirst()
        .orElse(1);
  }

  /** The password of the first admin, if it was made up at this start; to be shown this once. */
  public @Nullable String generatedAdminPassword() {
    return generatedAdminPassword;
  }

  /** Ends it, from the outside in: what was begun is answered and kept. */
  @Override
  public void close() {
    try (persistence;
        localAdminServer;
        scheduledTasks;
        rateLimitSync;
        server) {
      // Closed in the reverse order, each of them whatever becomes of the others.
    }
  }
}
