package kassa.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kassa.adapters.persistence.Persistence;
import kassa.application.UseCases;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;

/** {@code ./kassa password}: replaces the password of a user by one that is made up. */
final class PasswordCommand {

  private PasswordCommand() {}

  /**
   * Replaces it, also while the server runs, and prints the new one: nothing else is printed to
   * standard output.
   *
   * @throws InvalidConfigException if the words cannot be used
   * @throws CommandFailedException if there is no such user
   */
  static void run(List<String> words) {
    CommandLine line = CommandLine.of(words, Set.of(), Set.of());
    EmailAddress email = email(line.operand("the address of one user"));
    String password = replace(Config.of(SettingSources.gather(line.settings())), email);
    System.out.println(password);
    System.err.println(
        "kassa: this is the new password of "
            + email
            + ", shown this once and to be changed within a day; all their sessions have ended");
  }

  private static EmailAddress email(String text) {
    try {
      return new EmailAddress(text);
    } catch (InvalidValueException malformed) {
      throw new InvalidConfigException(List.of(String.valueOf(malformed.getMessage())));
    }
  }

  private static String replace(Config config, EmailAddress email) {
    Persistence.AtRest database = new Persistence.AtRest(config.databaseUrl());
    Optional<Path> file = database.file();
    try (ControlClient server = file.flatMap(ControlClient::call).orElse(null)) {
      if (server != null) {
        return server.replacePassword(email);
      }
    } catch (IOException broken) {
      throw new CommandFailedException("the server could not be asked: " + broken.getMessage());
    }
    database.requireThere();
    try (Persistence persistence =
        Persistence.open(new Persistence.Config(config.databaseUrl(), config.databasePool()))) {
      UseCases useCases =
          UseCases.create(
              Kassa.stores(persistence),
              Kassa.surroundings(InstantSource.system()),
              Kassa.secrets(config),
              config.sessions(),
              config.callsPerMinute(),
              config.policy(),
              config.limits());
      return OwnersUsers.of(useCases).replacePassword(email);
    }
  }
}
