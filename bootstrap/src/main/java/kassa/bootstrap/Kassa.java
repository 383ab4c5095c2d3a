package kassa.bootstrap;

import com.fasterxml.uuid.Generators;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.HttpServer;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.secrets.Secrets;
import kassa.application.UseCases;
import kassa.application.port.in.ForgetOld;
import org.jspecify.annotations.Nullable;

/** Kassa, put together and running. */
final class Kassa implements AutoCloseable {

  private final Persistence persistence;
  private final HttpServer server;
  private final Housekeeping housekeeping;
  private final Housekeeping exchange;
  private final @Nullable ControlSocket control;
  private final @Nullable String madeUpPassword;
  private final String address;

  private Kassa(
      Persistence persistence,
      HttpServer server,
      Housekeeping housekeeping,
      Housekeeping exchange,
      @Nullable ControlSocket control,
      @Nullable String madeUpPassword,
      String address) {
    this.persistence = persistence;
    this.server = server;
    this.housekeeping = housekeeping;
    this.exchange = exchange;
    this.control = control;
    this.madeUpPassword = madeUpPassword;
    this.address = address;
  }

  /**
   * Puts everything together, from the inside out, and starts it.
   *
   * @throws RuntimeException if the database or the address cannot be had, or the first admin
   *     cannot be made; nothing is left running
   */
  static Kassa start(Config config, String version) {
    return start(config, version, null);
  }

  /** The same, and lets the owner in who shows a token. */
  static Kassa start(Config config, String version, @Nullable OwnersToken token) {
    Persistence persistence =
        Persistence.open(new Persistence.Config(config.databaseUrl(), config.databasePool()));
    try {
      UseCases.Stores stores = stores(persistence);
      UseCases.Surroundings surroundings = surroundings(InstantSource.system());
      UseCases.Secrets secrets = secrets(config);
      UseCases made =
          UseCases.create(
              stores,
              surroundings,
              secrets,
              config.sessions(),
              config.callsPerMinute(),
              config.policy(),
              config.limits());
      UseCases useCases = token == null ? made : made.with(token.beside(made.authenticate()));
      String madeUp = new FirstAdmin(stores, surroundings, secrets).make(config.admin());
      ForgetOld old = UseCases.forgetOld(stores, surroundings, config.sessions());
      HttpServer server =
          HttpServer.start(
              new HttpServer.Config(
                  config.host(),
                  config.port(),
                  config.currencies(),
                  new SecretKeySpec(persistence.cursorKey(), "HmacSHA256"),
                  version,
                  config.admitted(),
                  config.stopTimeout(),
                  config.tls(),
                  config.proxies(),
                  config.origins()),
              useCases);
      Housekeeping housekeeping =
          Housekeeping.start(
              List.of(() -> useCases.callOnce().forgetOld(), old::forgetOld),
              Duration.ofMinutes(1),
              Duration.ofHours(1));
      Housekeeping exchange =
          Housekeeping.start(
              List.of(new CallExchange(useCases.countCalls())),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1));
      String address = address(config, server.port());
      return new Kassa(
          persistence,
          server,
          housekeeping,
          exchange,
          control(persistence, OwnersUsers.of(useCases), config, address),
          madeUp,
          address);
    } catch (RuntimeException failed) {
      persistence.close();
      throw failed;
    }
  }

  /** All that the use-cases keep things in. */
  static UseCases.Stores stores(Persistence persistence) {
    return new UseCases.Stores(
        persistence.orders(),
        persistence.answers(),
        persistence.sales(),
        persistence.rules(),
        persistence.codes(),
        persistence.usages(),
        persistence.products(),
        persistence.users(),
        persistence.sessions(),
        persistence.apiKeys(),
        persistence.attempts(),
        persistence.calls(),
        persistence.audit(),
        persistence.probe());
  }

  /** What the use-cases cannot know by themselves. */
  static UseCases.Surroundings surroundings(InstantSource clock) {
    return new UseCases.Surroundings(
        clock, Generators.timeBasedEpochGenerator()::generate, new SecureRandom()::nextInt);
  }

  /** What keeps their secrets. */
  static UseCases.Secrets secrets(Config config) {
    Secrets secrets = Secrets.create(config.passwordsAtOnce());
    return new UseCases.Secrets(secrets.passwords(), secrets.tokens());
  }

  /** Only an embedded database needs one: of PostgreSQL everybody can ask for himself. */
  private static @Nullable ControlSocket control(
      Persistence persistence, OwnersUsers users, Config config, String address) {
    return new Persistence.AtRest(config.databaseUrl())
        .file()
        .map(file -> ControlSocket.open(persistence, users, file, address))
        .orElse(null);
  }

  private static String address(Config config, int port) {
    String scheme = config.tls() == null ? "http" : "https";
    String host = config.host();
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Where it listens: {@code http://127.0.0.1:8080}. */
  String address() {
    return address;
  }

  /** The number that the next order will most likely get. */
  long nextOrderNumber() {
    return persistence.orders().newestFirst(null, 1).stream()
        .mapToLong(order -> order.number().value() + 1)
        .findFirst()
        .orElse(1);
  }

  /** The password of the first admin, if it was made up at this start; to be shown this once. */
  @Nullable String madeUpPassword() {
    return madeUpPassword;
  }

  /** Ends it, from the outside in: what was begun is answered and kept. */
  @Override
  public void close() {
    try (persistence;
        control;
        housekeeping;
        exchange;
        server) {
      // Closed in the reverse order, each of them whatever becomes of the others.
    }
  }
}
