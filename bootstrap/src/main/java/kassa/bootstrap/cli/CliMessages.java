package kassa.bootstrap.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import kassa.bootstrap.config.FirstAdmin;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.Setting;
import kassa.bootstrap.config.Settings;
import kassa.client.TerminalText;
import org.jspecify.annotations.Nullable;

/** Texts that the command line prints. */
public final class CliMessages {

  private CliMessages() {}

  /** Text of {@code ./kassa config}: one effective setting per line, secrets masked. */
  public static String formatSettings(Settings settings) {
    StringBuilder text = new StringBuilder();
    for (Setting setting : Setting.values()) {
      Settings.Value value = settings.value(setting);
      text.append(
          "%-26s = %-32s # %s%n"
              .formatted(
                  setting.environmentVariable(), maskSecrets(setting, value), value.source()));
    }
    return text.toString();
  }

  /** Text of the errors of a command: one or more lines for each, without control characters. */
  public static String formatErrors(List<String> errors) {
    return errors.stream()
        .flatMap(error -> ("kassa: " + error).lines())
        .map(line -> TerminalText.escape(line) + System.lineSeparator())
        .collect(Collectors.joining());
  }

  /**
   * Text that the server prints when it listens: its address, the generated password if there is
   * one, and a request to try. Scripts read the first line, and the line that starts with {@code
   * curl}, which is the last one.
   *
   * @param address URL of the server
   * @param dataDir the data folder, which the login command needs if it is not the default
   * @param startMillis duration of the start in milliseconds
   * @param admin the configured first admin
   * @param password generated password of the first admin; {@code null} if none was generated
   */
  static String startupMessage(
      String address,
      Path dataDir,
      long startMillis,
      @Nullable FirstAdmin admin,
      @Nullable String password) {
    return """
    Kassa listens on %1$s (started in %2$s ms; API documentation: %1$s/docs).
    %3$s
    Try:
    curl -s '%1$s/v1/quotes?explain=true' -H "Authorization: Bearer $(./kassa login%4$s)" -H 'Content-Type: application/json' -d '{"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}'

    """
        .formatted(address, startMillis, formatPassword(admin, password), dataDirFlag(dataDir));
  }

  private static String dataDirFlag(Path dataDir) {
    Path folder = dataDir.toAbsolutePath().normalize();
    Path defaultFolder = Path.of(Setting.DATA_DIR.defaultValue()).toAbsolutePath().normalize();
    return folder.equals(defaultFolder) ? "" : " --data-dir '" + folder + "'";
  }

  private static String formatPassword(@Nullable FirstAdmin admin, @Nullable String password) {
    return admin == null || password == null
        ? ""
        : """

        Admin: %s
        Password: %s
        This generated password is printed only now and must be changed within 24 hours.
        """
            .formatted(admin.email(), password);
  }

  private static String maskSecrets(Setting setting, Settings.Value value) {
    return setting.isSecret() && !value.text().isEmpty()
        ? SecretRedactor.MASK
        : SecretRedactor.maskUrl(value.text());
  }
}
