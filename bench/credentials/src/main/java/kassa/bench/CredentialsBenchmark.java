package kassa.bench;

import com.fasterxml.uuid.Generators;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.secrets.Secrets;
import kassa.adapters.webhooks.WebhookNetworks;
import kassa.adapters.webhooks.Webhooks;
import kassa.application.ApplicationSettings;
import kassa.application.BatchLimits;
import kassa.application.Cryptography;
import kassa.application.Environment;
import kassa.application.OperatorUseCases;
import kassa.application.UseCases;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.out.Stores;
import kassa.application.port.out.webhook.WebhookBodies;
import kassa.application.port.out.webhook.WebhookGateway;
import kassa.domain.event.Event;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Scope;
import kassa.domain.identity.SessionLimits;
import kassa.domain.rule.Policy;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookEndpointId;

/**
 * Measures the authentication of a cached token on an H2 database, including the refresh of the
 * cache every two seconds, alone and with the rate limit. Arguments: folder, calls per round,
 * rounds.
 */
final class CredentialsBenchmark {

  private static final ClientInfo HERE = new ClientInfo("127.0.0.1", "bench");
  private static final EmailAddress EMAIL = new EmailAddress("bench@localhost");
  private static final String PASSWORD = "measure twice and cut once";

  /** No webhook endpoint exists here. */
  private static final WebhookGateway NO_WEBHOOKS =
      new WebhookGateway(
          Webhooks.create(new WebhookNetworks(List.of())).sender(),
          new WebhookBodies() {
            @Override
            public String of(Event event, PayloadForm form) {
              throw new IllegalStateException("not used by the benchmark");
            }

            @Override
            public String ofTest(WebhookEndpointId endpoint, String id, Instant at) {
              throw new IllegalStateException("not used by the benchmark");
            }
          },
          () -> {
            throw new IllegalStateException("not used by the benchmark");
          });

  private CredentialsBenchmark() {}

  public static void main(String[] arguments) {
    int calls = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    String url = "jdbc:h2:file:" + Path.of(arguments[0]).toAbsolutePath().resolve("kassa");
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 4))) {
      Stores stores = persistence.stores();
      Environment environment =
          new Environment(
              InstantSource.system(),
              Generators.timeBasedEpochGenerator()::generate,
              new SecureRandom()::nextInt);
      Secrets secrets = Secrets.create(2);
      Cryptography cryptography = new Cryptography(secrets.passwords(), secrets.tokens());
      ApplicationSettings settings =
          new ApplicationSettings(
              new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
              100_000_000,
              Policy.DEFAULT,
              new BatchLimits(16, Duration.ofSeconds(30)));
      UseCases useCases = UseCases.create(stores, environment, cryptography, settings, NO_WEBHOOKS);
      OperatorUseCases.create(stores, environment, cryptography, settings)
          .createFirstAdmin()
          .create(EMAIL, new Password(PASSWORD));
      SignIn.Outcome.SignedIn session =
          (SignIn.Outcome.SignedIn) useCases.identity().signIn().signIn(EMAIL, PASSWORD, HERE);
      String key =
          useCases
              .identity()
              .manageApiKeys()
              .as(new Caller.LocalOperator())
              .issue("bench", Set.of(Scope.ORDERS_WRITE), null, HERE)
              .secret();
      Authenticate authenticate = useCases.identity().authenticate();
      RateLimiter counting = useCases.identity().rateLimiter();
      Predicate<String> isKnown = token -> authenticate.authenticate(token).isPresent();
      Predicate<String> tellAndCount =
          token ->
              authenticate
                  .authenticate(token)
                  .filter(
                      caller -> counting.tryAcquire(caller) instanceof RateLimiter.Decision.Allowed)
                  .isPresent();
      measure("key", isKnown, key, true, calls, rounds);
      measure("session", isKnown, session.token(), true, calls, rounds);
      measure("key counted", tellAndCount, key, true, calls, rounds);
      // Valid length, invalid checksum.
      String wrong = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
      measure("malformed", isKnown, wrong, false, calls, rounds);
    }
  }

  /** Prints median and maximum of the second half of the rounds in microseconds. */
  private static void measure(
      String name, Predicate<String> isKnown, String token, boolean known, int calls, int rounds) {
    double[] micros = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long started = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        if (isKnown.test(token) != known) {
          throw new IllegalStateException(name + " has an unexpected result");
        }
      }
      micros[round] = (System.nanoTime() - started) / 1_000.0 / calls;
    }
    double[] later = Arrays.copyOfRange(micros, rounds / 2, rounds);
    Arrays.sort(later);
    System.out.printf(
        "%-12s %8.2f %8.2f%s%n",
        name,
        later[later.length / 2],
        later[later.length - 1],
        later[later.length / 2] > 5 ? "  over" : "");
  }
}
