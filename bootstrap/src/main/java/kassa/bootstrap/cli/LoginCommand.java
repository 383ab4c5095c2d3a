package kassa.bootstrap.cli;

import java.io.IOException;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SettingSources;
import kassa.domain.identity.EmailAddress;

/**
 * {@code ./kassa login}: prints a session token of a user, which the running server issues without
 * a password. Opens no database. See docs/decisions/0112.
 */
public final class LoginCommand {

  private LoginCommand() {}

  /**
   * Starts a session of the given user, by default of the first admin. Standard output gets only
   * the token.
   *
   * @throws InvalidConfigException if the arguments or settings are invalid
   * @throws CommandFailedException if no server runs, or the user does not exist or is disabled
   */
  public static void run(CommandLine line) {
    EmailAddress email =
        line.operands().isEmpty()
            ? null
            : CommandLine.parseEmail(line.operand("the email of one user at most"));
    Config config = Config.of(SettingSources.load(line.settings()));
    try (LocalAdminClient server =
        LocalAdminClient.connect(config).orElseThrow(LoginCommand::noServer)) {
      System.out.println(server.login(email));
    } catch (IOException broken) {
      throw new CommandFailedException("the running server did not answer: " + broken.getMessage());
    }
  }

  private static CommandFailedException noServer() {
    return new CommandFailedException(
        "no server runs with this database; start ./kassa, and use the same KASSA_DATA_DIR and"
            + " KASSA_DB_URL for both");
  }
}
