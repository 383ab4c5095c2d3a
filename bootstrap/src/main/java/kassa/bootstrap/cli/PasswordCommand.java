package kassa.bootstrap.cli;

import java.io.IOException;
import java.time.InstantSource;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.application.telemetry.Telemetry;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.admin.LocalOperatorUsers;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SettingSources;
import kassa.bootstrap.server.ApplicationWiring;
import kassa.domain.identity.EmailAddress;

/** {@code ./kassa password}: replaces the password of a user by a generated temporary one. */
public final class PasswordCommand {

  private PasswordCommand() {}

  /**
   * Replaces the password, also while the server runs. Standard output gets only the new password.
   *
   * @throws InvalidConfigException if the arguments or settings are invalid
   * @throws CommandFailedException if the user does not exist
   */
  public static void run(CommandLine line) {
    EmailAddress email = CommandLine.parseEmail(line.operand("the email of one user"));
    String password = replacePassword(Config.of(SettingSources.load(line.settings())), email);
    System.out.println(password);
    System.err.println(
        "kassa: temporary password of "
            + email
            + ", printed only now; it must be changed within 24 hours."
            + " All sessions of the user have ended");
  }

  private static String replacePassword(Config config, EmailAddress email) {
    try (LocalAdminClient server = LocalAdminClient.connectIfEmbedded(config).orElse(null)) {
      if (server != null) {
        return server.replacePassword(email);
      }
    } catch (IOException broken) {
      throw new CommandFailedException("the running server did not answer: " + broken.getMessage());
    }
    String url = config.database().url();
    new DatabaseAdmin(url).requireExists();
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 1))) {
      ApplicationWiring application =
          ApplicationWiring.wire(persistence, config, InstantSource.system(), Telemetry.none());
      return LocalOperatorUsers.of(application.useCases()).replacePassword(email);
    }
  }
}
