package kassa.bootstrap;

import java.util.List;
import kassa.adapters.http.HttpServer;
import kassa.adapters.persistence.Persistence.RefusedException;
import kassa.application.port.out.StoreUnavailableException;

/** The command line. */
public final class Main {

  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;

  private Main() {}

  /**
   * Runs a command; without one, the server.
   *
   * @param arguments the command and its flags
   */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    try {
      switch (words.isEmpty() ? "" : words.getFirst()) {
        case "--help", "-h", "help" -> System.out.print(Texts.help());
        case "--version" -> System.out.println("kassa " + version());
        case "config" -> printConfig(words.subList(1, words.size()));
        case "sql" -> SqlCommand.run(words.subList(1, words.size()));
        case "demo" -> DemoCommand.run(words.subList(1, words.size()));
        case "import" -> importOrders(words.subList(1, words.size()));
        case "password" -> PasswordCommand.run(words.subList(1, words.size()));
        case "backup" -> BackupCommands.backup(words.subList(1, words.size()));
        case "restore" -> BackupCommands.restore(words.subList(1, words.size()));
        default -> Serving.run(Config.of(SettingSources.gather(words)), version());
      }
    } catch (InvalidConfigException invalid) {
      invalid.faults().forEach(fault -> System.err.println("kassa: " + fault));
      System.exit(UNUSABLE);
    } catch (CommandFailedException | RefusedException refused) {
      System.err.println("kassa: " + Texts.oneLine(String.valueOf(refused.getMessage())));
      System.exit(FAILED);
    } catch (IllegalStateException
        | StoreUnavailableException
        | HttpServer.InvalidCertificateException unable) {
      System.err.println("kassa: " + Texts.reason(unable));
      System.exit(FAILED);
    }
  }

  private static void printConfig(List<String> flags) {
    Settings settings = SettingSources.gather(flags);
    Config.of(settings);
    System.out.print(Texts.config(settings));
  }

  private static void importOrders(List<String> words) {
    if (!ImportCommand.run(words, version())) {
      System.exit(FAILED);
    }
  }

  private static String version() {
    return Main.class.getModule().getDescriptor().rawVersion().orElse("of no version");
  }
}
