package kassa.bootstrap;

import java.util.List;
import kassa.adapters.http.InvalidCertificateException;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.admin.DatabaseAdminException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.cli.BackupCommands;
import kassa.bootstrap.cli.CliMessages;
import kassa.bootstrap.cli.ImportCommand;
import kassa.bootstrap.cli.LoginCommand;
import kassa.bootstrap.cli.PasswordCommand;
import kassa.bootstrap.cli.ServeCommand;
import kassa.bootstrap.cli.SqlCommand;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.SettingSources;
import kassa.bootstrap.config.Settings;
import kassa.bootstrap.demo.DemoCommand;

/** Entry point: runs one command and maps failures to exit statuses 1 and 2. */
public final class Main {

  private static final int EXIT_FAILURE = 1;
  private static final int EXIT_USAGE_ERROR = 2;

  private Main() {}

  /**
   * Runs a command; without a command, the server.
   *
   * @param arguments the command and its flags
   */
  public static void main(String[] arguments) {
    DatabaseAdmin.forbidUserClasses();
    List<String> commandLine = List.of(arguments);
    try {
      switch (commandLine.isEmpty() ? "" : commandLine.getFirst()) {
        case "--help", "-h", "help" -> System.out.print(CliMessages.help());
        case "--version" -> System.out.println("kassa " + version());
        case "config" -> printConfig(commandLine.subList(1, commandLine.size()));
        case "sql" -> SqlCommand.run(commandLine.subList(1, commandLine.size()));
        case "demo" -> DemoCommand.run(commandLine.subList(1, commandLine.size()));
        case "import" -> importOrders(commandLine.subList(1, commandLine.size()));
        case "login" -> LoginCommand.run(commandLine.subList(1, commandLine.size()));
        case "password" -> PasswordCommand.run(commandLine.subList(1, commandLine.size()));
        case "backup" -> BackupCommands.backup(commandLine.subList(1, commandLine.size()));
        case "restore" -> BackupCommands.restore(commandLine.subList(1, commandLine.size()));
        default -> ServeCommand.run(Config.of(SettingSources.load(commandLine)), version());
      }
    } catch (InvalidConfigException invalid) {
      invalid.errors().forEach(error -> System.err.println("kassa: " + error));
      System.exit(EXIT_USAGE_ERROR);
    } catch (CommandFailedException | DatabaseAdminException failed) {
      System.err.println(
          "kassa: " + SecretRedactor.toSafeSingleLine(String.valueOf(failed.getMessage())));
      System.exit(EXIT_FAILURE);
    } catch (IllegalStateException
        | StoreUnavailableException
        | InvalidCertificateException failed) {
      System.err.println("kassa: " + SecretRedactor.failureReason(failed));
      System.exit(EXIT_FAILURE);
    }
  }

  private static void printConfig(List<String> arguments) {
    Settings settings = SettingSources.load(arguments);
    Config.of(settings);
    System.out.print(CliMessages.formatSettings(settings));
  }

  private static void importOrders(List<String> arguments) {
    if (!ImportCommand.run(arguments, version())) {
      System.exit(EXIT_FAILURE);
    }
  }

  private static String version() {
    return Main.class.getModule().getDescriptor().rawVersion().orElse("unknown");
  }
}
