package kassa.bootstrap.server;

import com.fasterxml.uuid.Generators;
import java.security.SecureRandom;
import java.time.InstantSource;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.secrets.Secrets;
import kassa.adapters.webhooks.Webhooks;
import kassa.application.ApplicationSettings;
import kassa.application.Cryptography;
import kassa.application.Environment;
import kassa.application.OperatorUseCases;
import kassa.application.UseCases;
import kassa.application.port.out.Stores;
import kassa.application.port.out.webhook.WebhookGateway;
import kassa.application.telemetry.Telemetry;
import kassa.bootstrap.config.Config;
import kassa.domain.pricing.Cart;

/**
 * The use cases, wired to the database and the other adapters.
 *
 * @param useCases the use cases for callers
 * @param operatorUseCases the use cases for the operator
 * @param webhooks sends webhooks; must be closed if the use cases sent any
 */
public record ApplicationWiring(
    UseCases useCases, OperatorUseCases operatorUseCases, Webhooks webhooks) {

  /** The memory of a line or discount of an order that is placed. */
  private static final int BYTES_PER_ROW = 500;

  /**
   * Wires the use cases.
   *
   * @param persistence stays open as long as the use cases are used; the caller closes it
   * @param telemetry receives what the use cases count and measure
   */
  public static ApplicationWiring wire(
      Persistence persistence, Config config, InstantSource clock, Telemetry telemetry) {
    return wire(
        persistence.stores(), config, config.identity().rateLimitPerMinute(), clock, telemetry);
  }

  /** Wires the use cases to other stores of an open database, for callers inside this process. */
  static ApplicationWiring wireWithoutRateLimit(Stores stores, Config config, InstantSource clock) {
    return wire(stores, config, Integer.MAX_VALUE, clock, Telemetry.none());
  }

  private static ApplicationWiring wire(
      Stores stores,
      Config config,
      int maxRequestsPerMinute,
      InstantSource clock,
      Telemetry telemetry) {
    Environment environment =
        new Environment(
            clock,
            Generators.timeBasedEpochGenerator()::generate,
            new SecureRandom()::nextInt,
            telemetry);
    Secrets secrets = Secrets.create(config.identity().maxConcurrentHashes());
    Cryptography cryptography = new Cryptography(secrets.passwords(), secrets.tokens());
    Webhooks webhooks = Webhooks.create(config.service().webhooks().networks());
    ApplicationSettings settings =
        new ApplicationSettings(
            config.identity().sessionLimits(),
            maxRequestsPerMinute,
            config.pricing().policy(),
            config.service().batchLimits(),
            maxRowsInMemory(Runtime.getRuntime().maxMemory()),
            config.service().eventRetention(),
            config.service().webhooks().maxPerSecond());
    return new ApplicationWiring(
        UseCases.create(
            stores,
            environment,
            cryptography,
            settings,
            new WebhookGateway(webhooks.sender(), new WebhookMessages(), webhooks.secrets())),
        OperatorUseCases.create(stores, environment, cryptography, settings),
        webhooks);
  }

  /** An eighth of the heap for large orders, and at least the largest one. */
  private static int maxRowsInMemory(long heapBytes) {
    return Math.clamp(
        heapBytes / 8 / BYTES_PER_ROW, Cart.MAX_LINES + Cart.MAX_DISCOUNTS, Integer.MAX_VALUE);
  }
}
