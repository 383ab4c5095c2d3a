package kassa.bootstrap.cli;

import java.nio.file.Path;
import kassa.bootstrap.config.FirstAdmin;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.Setting;
import kassa.bootstrap.config.Settings;
import org.jspecify.annotations.Nullable;

/** Texts that the command line prints. */
public final class CliMessages {

  private CliMessages() {}

  /** Text of {@code ./kassa --help}: commands, flags and settings. */
  public static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Kassa prices carts, stores orders and reports on them.

              ./kassa [flags]          start the server; Ctrl-C stops it
              ./kassa login [EMAIL]    print a session token of the first admin, or of another user;
                                       needs a running server, but no password
              ./kassa config [flags]   print the effective settings and the source of each
              ./kassa sql "select ..." query the database, also while the server runs
                      --csv            print CSV instead of a table
                      --rows N         maximum number of rows, 1 to 1000000000 [1000]
                      --timeout N      timeout in seconds, 1 to 86400 [60]
              ./kassa password EMAIL   set a temporary password for a user and print it once; also
                                       while the server runs
              ./kassa backup FILE      back up the embedded database, also while the server runs
              ./kassa restore FILE     restore a backup; no server may run
                      --force          overwrite an existing file or database; for backup
                                       and restore
                      --max-size N     maximum size of the restored database in MiB
                                       [100 times the backup, at least 64]
              ./kassa demo [N]         generate N sample orders over two years [10000]
                      --seed N         seed of the random data [1]
                      --until TIME     end of the two years, such as 2026-06-30T12:00:00Z [now]
                      --force          generate orders even if the database already has orders
              ./kassa import FILE      place the orders of an NDJSON or CSV file, each once; - is
                                       standard input
                      --url URL        URL of the server [the running server of the database, or a
                                       temporary one]
                      --format FORMAT  ndjson or csv [by the file extension; ndjson for -]
                      --results FILE   result of each order [FILE.results.ndjson]
              ./kassa --help           print this help
              ./kassa --version        print the version

            Settings are flags, environment variables, or keys of ./kassa.properties without the
            dashes; a flag overrides a variable, a variable overrides the file.

            """);
    for (Setting setting : Setting.values()) {
      text.append(
          "  --%-20s %-26s %s%n      %s%n"
              .formatted(
                  setting.key(),
                  setting.environmentVariable(),
                  setting.defaultValue().isEmpty() ? "" : "[" + setting.defaultValue() + "]",
                  setting.description()));
    }
    return text.toString();
  }

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
