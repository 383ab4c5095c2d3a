package kassa.bootstrap.cli;

import java.io.IOException;
import java.nio.file.Path;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.SettingSources;
import kassa.client.TerminalText;

/** {@code ./kassa backup} and {@code ./kassa restore}. */
public final class BackupCommands {

  private static final String FORCE = "--force";
  private static final String MAX_SIZE = "--max-size";
  private static final long MAX_MEBIBYTES = 1_000_000_000;
  private static final int MEBIBYTE_BITS = 20;

  private BackupCommands() {}

  /**
   * Backs up the embedded database; a running server writes the backup itself.
   *
   * @throws CommandFailedException if the server does not answer or reports a failure
   */
  public static void backup(CommandLine line) {
    Path file = file(line);
    Config config = Config.of(SettingSources.load(line.settings()));
    DatabaseAdmin database = new DatabaseAdmin(config.database().url());
    long length;
    try (LocalAdminClient server = LocalAdminClient.connectIfEmbedded(config).orElse(null)) {
      boolean overwrite = line.isSet(FORCE);
      length = server == null ? database.backup(file, overwrite) : server.backup(file, overwrite);
    } catch (IOException broken) {
      throw new CommandFailedException("the running server did not answer: " + broken.getMessage());
    }
    System.out.println(
        "Backed up to " + TerminalText.escape(file.toString()) + " (" + length + " bytes)");
  }

  /** Restores a backup as the embedded database. */
  public static void restore(CommandLine line) {
    Path file = file(line);
    long maxMebibytes = line.parseNumber(MAX_SIZE, 0, 1, MAX_MEBIBYTES);
    Config config = Config.of(SettingSources.load(line.settings()));
    new DatabaseAdmin(config.database().url())
        .restore(file, line.isSet(FORCE), maxMebibytes << MEBIBYTE_BITS);
    System.out.println("Restored from " + TerminalText.escape(file.toString()));
  }

  private static Path file(CommandLine line) {
    return Path.of(line.operand("the path of one file")).toAbsolutePath().normalize();
  }
}
