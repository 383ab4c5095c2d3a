package kassa.bootstrap;

import com.fasterxml.uuid.Generators;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.HttpServer;
import kassa.adapters.persistence.Persistence;
import kassa.application.UseCases;
import kassa.application.port.in.FindOrders;
import org.jspecify.annotations.Nullable;

/** Kassa, put together and running. */
final class Kassa implements AutoCloseable {

  private final Persistence persistence;
  private final UseCases useCases;
  private final HttpServer server;
  private final Housekeeping housekeeping;
  private final @Nullable ControlSocket control;
  private final String address;

  private Kassa(
      Persistence persistence,
      UseCases useCases,
      HttpServer server,
      Housekeeping housekeeping,
      @Nullable ControlSocket control,
      String address) {
    this.persistence = persistence;
    this.useCases = useCases;
    this.server = server;
    this.housekeeping = housekeeping;
    this.control = control;
    this.address = address;
  }

  /**
   * Puts everything together, from the inside out, and starts it.
   *
   * @throws RuntimeException if the database or the address cannot be had; nothing is left running
   */
  static Kassa start(Config config, String version) {
    Persistence persistence =
        Persistence.open(new Persistence.Config(config.databaseUrl(), config.databasePool()));
    try {
      UseCases useCases =
          UseCases.create(
              stores(persistence),
              new UseCases.Surroundings(
                  InstantSource.system(),
                  Generators.timeBasedEpochGenerator()::generate,
                  new SecureRandom()::nextInt),
              config.policy(),
              config.limits());
      HttpServer server =
          HttpServer.start(
              new HttpServer.Config(
                  config.host(),
                  config.port(),
                  config.currencies(),
                  new SecretKeySpec(persistence.cursorKey(), "HmacSHA256"),
                  version,
                  config.admitted(),
                  config.stopTimeout()),
              useCases);
      Housekeeping housekeeping =
          Housekeeping.start(
              () -> useCases.callOnce().forgetOld(), Duration.ofMinutes(1), Duration.ofHours(1));
      String address = address(config.host(), server.port());
      return new Kassa(
          persistence,
          useCases,
          server,
          housekeeping,
          control(persistence, config, address),
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
        persistence.probe());
  }

  /** Only an embedded database needs one: of PostgreSQL everybody can ask for himself. */
  private static @Nullable ControlSocket control(
      Persistence persistence, Config config, String address) {
    return new Persistence.AtRest(config.databaseUrl())
        .file()
        .map(file -> ControlSocket.open(persistence, file, address))
        .orElse(null);
  }

  private static String address(String host, int port) {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Where it listens: {@code http://127.0.0.1:8080}. */
  String address() {
    return address;
  }

  /** The number that the next order will most likely get. */
  long nextOrderNumber() {
    return useCases.findOrders().list(new FindOrders.Query(null, 1)).orders().stream()
        .mapToLong(order -> order.number().value() + 1)
        .findFirst()
        .orElse(1);
  }

  /** Ends it, from the outside in: what was begun is answered and kept. */
  @Override
  public void close() {
    try (persistence;
        control;
        housekeeping;
        server) {
      // Closed in the reverse order, each of them whatever becomes of the others.
    }
  }
}
