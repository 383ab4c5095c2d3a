package kassa.bench;

import com.fasterxml.uuid.Generators;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.secrets.Secrets;
import kassa.application.BatchLimits;
import kassa.application.UseCases;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.port.in.identity.SignIn;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Scope;
import kassa.domain.rule.Policy;

/**
 * Times what it takes to tell who shows a token, on an H2 database of its own: what is remembered,
 * asking anew every two seconds included; and the same with counting their call. Arguments: folder,
 * calls a round, rounds.
 */
final class CredentialsBenchmark {

  private static final ClientInfo HERE = new ClientInfo("127.0.0.1", "bench");
  private static final EmailAddress EMAIL = new EmailAddress("bench@localhost");
  private static final String PASSWORD = "measure twice and cut once";

  private CredentialsBenchmark() {}

  public static void main(String[] arguments) {
    int calls = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    String url = "jdbc:h2:file:" + Path.of(arguments[0]).toAbsolutePath().resolve("kassa");
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 4))) {
      UseCases.Stores stores =
          new UseCases.Stores(
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
      UseCases.Environment surroundings =
          new UseCases.Environment(
              InstantSource.system(),
              Generators.timeBasedEpochGenerator()::generate,
              new SecureRandom()::nextInt);
      Secrets kept = Secrets.create(2);
      UseCases.Secrets secrets = new UseCases.Secrets(kept.passwords(), kept.tokens());
      UseCases useCases =
          UseCases.create(
              stores,
              surroundings,
              secrets,
              new UseCases.SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
              100_000_000,
              Policy.DEFAULT,
              new BatchLimits(16, Duration.ofSeconds(30)));
      UseCases.createFirstAdmin(stores, surroundings, secrets, EMAIL, new Password(PASSWORD));
      SignIn.Outcome.SignedIn session =
          (SignIn.Outcome.SignedIn) useCases.signIn().signIn(EMAIL, PASSWORD, HERE);
      String key =
          useCases
              .manageApiKeys()
              .as(new Caller.LocalOperator())
              .issue("bench", Set.of(Scope.ORDERS_WRITE), null, HERE)
              .secret();
      Authenticate authenticate = useCases.authenticate();
      RateLimiter counting = useCases.rateLimiter();
      Predicate<String> tell = token -> authenticate.authenticate(token).isPresent();
      Predicate<String> tellAndCount =
          token ->
              authenticate
                  .authenticate(token)
                  .filter(
                      caller -> counting.tryAcquire(caller) instanceof RateLimiter.Decision.Allowed)
                  .isPresent();
      measure("key", tell, key, true, calls, rounds);
      measure("session", tell, session.token(), true, calls, rounds);
      measure("key counted", tellAndCount, key, true, calls, rounds);
      // The length is right and the checksum is not.
      String wrong = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
      measure("malformed", tell, wrong, false, calls, rounds);
    }
  }

  /** Prints the median of the later half of the rounds, and the worst of it, in microseconds. */
  private static void measure(
      String name, Predicate<String> tell, String token, boolean known, int calls, int rounds) {
    double[] micros = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long begun = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        if (tell.test(token) != known) {
          throw new IllegalStateException(name + " was answered otherwise");
        }
      }
      micros[round] = (System.nanoTime() - begun) / 1_000.0 / calls;
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
