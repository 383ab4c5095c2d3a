package kassa.bootstrap.server;

import com.fasterxml.uuid.Generators;
import java.security.SecureRandom;
import java.time.InstantSource;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.secrets.Secrets;
import kassa.application.ApplicationSettings;
import kassa.application.Cryptography;
import kassa.application.Environment;
import kassa.application.OperatorUseCases;
import kassa.application.UseCases;
import kassa.application.port.out.Stores;
import kassa.bootstrap.config.Config;

/**
 * The use cases, wired to the database and the other adapters.
 *
 * @param useCases the use cases for callers
 * @param operatorUseCases the use cases for the operator
 */
public record ApplicationWiring(UseCases useCases, OperatorUseCases operatorUseCases) {

  /**
   * Wires the use cases.
   *
   * @param persistence stays open as long as the use cases are used; the caller closes it
   */
  public static ApplicationWiring wire(
      Persistence persistence, Config config, InstantSource clock) {
    Stores stores = persistence.stores();
    Environment environment =
        new Environment(
            clock, Generators.timeBasedEpochGenerator()::generate, new SecureRandom()::nextInt);
    Secrets secrets = Secrets.create(config.identity().maxConcurrentHashes());
    Cryptography cryptography = new Cryptography(secrets.passwords(), secrets.tokens());
    ApplicationSettings settings =
        new ApplicationSettings(
            config.identity().sessionLimits(),
            config.identity().rateLimitPerMinute(),
            config.pricing().policy(),
            config.batchLimits());
    return new ApplicationWiring(
        UseCases.create(stores, environment, cryptography, settings),
        OperatorUseCases.create(stores, environment, cryptography, settings));
  }
}
