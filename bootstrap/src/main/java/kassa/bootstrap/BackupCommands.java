package kassa.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import kassa.adapters.persistence.Persistence;

/** {@code ./kassa backup} and {@code ./kassa restore}. */
final class BackupCommands {

  private static final String FORCE = "--force";

  private BackupCommands() {}

  /** Backs the embedded database up: by the server that has it open, if there is one. */
  static void backup(List<String> words) {
    CommandLine line = CommandLine.of(words, Set.of(FORCE), Set.of());
    Path file = file(line);
    Persistence.AtRest database = database(line);
    long length;
    try (ControlClient server = database.file().flatMap(ControlClient::call).orElse(null)) {
      boolean overwrite = line.isSet(FORCE);
      length = server == null ? database.backup(file, overwrite) : server.backup(file, overwrite);
    } catch (IOException broken) {
      throw new CommandFailedException("the server could not be asked: " + broken.getMessage());
    }
    System.out.println("Backed up to " + file + " (" + length + " bytes)");
  }

  /** Puts a backup in the place of the embedded database. */
  static void restore(List<String> words) {
    CommandLine line = CommandLine.of(words, Set.of(FORCE), Set.of());
    Path file = file(line);
    database(line).restore(file, line.isSet(FORCE));
    System.out.println("Restored from " + file);
  }

  private static Path file(CommandLine line) {
    return Path.of(line.operand("the name of one file")).toAbsolutePath().normalize();
  }

  private static Persistence.AtRest database(CommandLine line) {
    return new Persistence.AtRest(Config.of(SettingSources.gather(line.settings())).databaseUrl());
  }
}
