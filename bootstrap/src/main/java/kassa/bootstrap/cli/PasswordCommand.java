package kassa.bootstrap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.application.UseCases;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.admin.LocalOperatorUsers;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SettingSources;
import kassa.bootstrap.server.KassaServer;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;

/** {@code ./kassa password}: replaces the password of a user by one that is made up. */
public final class PasswordCommand {

  private PasswordCommand() {}

  /**
   * Replaces it, also while the server runs, and prints the new one: nothing else is printed to
   * standard output.
   *
   * @throws InvalidConfigException if the words cannot be used
   * @throws CommandFailedException if there is no such user
   */
  public static void run(List<String> arguments) {
    CommandLine line = CommandLine.of(arguments, Set.of(), Set.of());
    EmailAddress email = parseEmail(line.operand("the address of one user"));
    String password = replacePassword(Config.of(SettingSources.load(line.settings())), email);
    System.out.println(password);
    System.err.println(
        "kassa: this is the new password of "
            + email
            + ", shown this once and to be changed within a day; all their sessions have ended");
  }

  private static EmailAddress parseEmail(String text) {
    try {
      return new EmailAddress(text);
    } catch (InvalidValueException malformed) {
      throw new InvalidConfigException(List.of(String.valueOf(malformed.getMessage())));
    }
  }

  private static String replacePassword(Config config, EmailAddress email) {
    DatabaseAdmin database = new DatabaseAdmin(config.databaseUrl());
    Optional<Path> file = database.file();
    try (LocalAdminClient server = file.flatMap(LocalAdminClient::connect).orElse(null)) {
      if (server != null) {
        return server.replacePassword(email);
      }
    } catch (IOException broken) {
      throw new CommandFailedException("the server could not be asked: " + broken.getMessage());
    }
    database.requireExists();
    try (Persistence persistence =
        Persistence.open(new PersistenceConfig(config.databaseUrl(), config.databasePoolSize()))) {
      UseCases useCases =
          UseCases.create(
              KassaServer.stores(persistence),
              KassaServer.environment(InstantSource.system()),
              KassaServer.secrets(config),
              config.sessionLimits(),
              config.rateLimitPerMinute(),
              config.pricingPolicy(),
              config.batchLimits());
      return LocalOperatorUsers.of(useCases).replacePassword(email);
    }
  }
}
