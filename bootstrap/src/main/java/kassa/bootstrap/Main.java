package kassa.bootstrap;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kassa.adapters.http.InvalidCertificateException;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.admin.DatabaseAdminException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.cli.BackupCommands;
import kassa.bootstrap.cli.CliMessages;
import kassa.bootstrap.cli.CommandLine;
import kassa.bootstrap.cli.CommandLineParser;
import kassa.bootstrap.cli.ImportCommand;
import kassa.bootstrap.cli.LoginCommand;
import kassa.bootstrap.cli.PasswordCommand;
import kassa.bootstrap.cli.ServeCommand;
import kassa.bootstrap.cli.SqlCommand;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.Setting;
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
    try {
      run(List.of(arguments));
    } catch (InvalidConfigException invalid) {
      System.err.print(CliMessages.formatErrors(invalid.errors()));
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

  /**
   * Runs a command without a mapping of its failures.
   *
   * @throws InvalidConfigException if the arguments or the settings are invalid
   */
  static void run(List<String> arguments) {
    boolean isLogin = !arguments.isEmpty() && arguments.getFirst().equals(CommandLineParser.LOGIN);
    Map<Setting, String> flags =
        Settings.readFlags(isLogin ? arguments.subList(1, arguments.size()) : arguments);
    // The two that must start fast do not load picocli.
    if (flags == null) {
      run(parse(arguments));
    } else if (isLogin) {
      LoginCommand.run(
          new CommandLine(CommandLineParser.LOGIN, List.of(), Set.of(), Map.of(), flags));
    } else {
      serve(flags);
    }
  }

  /** Parses the arguments; if they have errors, those of the other sources are reported too. */
  private static CommandLine parse(List<String> arguments) {
    try {
      return CommandLineParser.parse(arguments, version());
    } catch (InvalidConfigException invalid) {
      List<String> errors = new ArrayList<>();
      try {
        SettingSources.load(Map.of());
      } catch (InvalidConfigException invalidSources) {
        errors.addAll(invalidSources.errors());
      }
      errors.addAll(invalid.errors());
      throw new InvalidConfigException(errors);
    }
  }

  private static void run(CommandLine line) {
    switch (line.command()) {
      case CommandLineParser.PRINT -> System.out.print(line.operands().getFirst());
      case "config" -> printConfig(line);
      case "sql" -> SqlCommand.run(line);
      case "demo" -> DemoCommand.run(line);
      case "import" -> importOrders(line);
      case CommandLineParser.LOGIN -> LoginCommand.run(line);
      case "password" -> PasswordCommand.run(line);
      case "backup" -> BackupCommands.backup(line);
      case "restore" -> BackupCommands.restore(line);
      default -> serve(line.settings());
    }
  }

  private static void serve(Map<Setting, String> flags) {
    ServeCommand.run(Config.of(SettingSources.load(flags)), version());
  }

  private static void printConfig(CommandLine line) {
    Settings settings = SettingSources.load(line.settings());
    Config.of(settings);
    System.out.print(CliMessages.formatSettings(settings));
  }

  private static void importOrders(CommandLine line) {
    if (!ImportCommand.run(line, version())) {
      System.exit(EXIT_FAILURE);
    }
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("unknown");
  }
}
