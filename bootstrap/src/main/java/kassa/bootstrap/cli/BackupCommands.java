package kassa.bootstrap.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.SettingSources;

/** {@code ./kassa backup} and {@code ./kassa restore}. */
public final class BackupCommands {

  private static final String FORCE = "--force";

  private BackupCommands() {}

  /** Backs the embedded database up: by the server that has it open, if there is one. */
  public static void backup(List<String> arguments) {
    CommandLine line = CommandLine.of(arguments, Set.of(FORCE), Set.of());
    Path file = file(line);
    DatabaseAdmin database = database(line);
    long length;
    try (LocalAdminClient server =
        database.file().flatMap(LocalAdminClient::connect).orElse(null)) {
      boolean overwrite = line.isSet(FORCE);
      length = server == null ? database.backup(file, overwrite) : server.backup(file, overwrite);
    } catch (IOException broken) {
      throw new CommandFailedException("the server could not be asked: " + broken.getMessage());
    }
    System.out.println("Backed up to " + file + " (" + length + " bytes)");
  }

  /** Puts a backup in the place of the embedded database. */
  public static void restore(List<String> arguments) {
    CommandLine line = CommandLine.of(arguments, Set.of(FORCE), Set.of());
    Path file = file(line);
    database(line).restore(file, line.isSet(FORCE));
    System.out.println("Restored from " + file);
  }

  private static Path file(CommandLine line) {
    return Path.of(line.operand("the name of one file")).toAbsolutePath().normalize();
  }

  private static DatabaseAdmin database(CommandLine line) {
    return new DatabaseAdmin(Config.of(SettingSources.load(line.settings())).databaseUrl());
  }
}
