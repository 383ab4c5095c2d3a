package kassa.bootstrap.cli;

import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.Setting;
import kassa.bootstrap.config.Settings;
import org.jspecify.annotations.Nullable;

/** What the command line prints. */
public final class CliMessages {

  private CliMessages() {}

  /** How to use the command line. */
  public static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Kassa prices carts, keeps orders and answers what became of them.

              ./kassa [flags]          serve, until Ctrl-C
              ./kassa config [flags]   print the settings in force and where each comes from
              ./kassa sql "select ..." ask the database, also while the server runs
                      --csv            print CSV instead of a table
                      --rows N         the most rows, 1 to 1000000000 [1000]
                      --timeout N      the most seconds, 1 to 86400 [60]
              ./kassa password EMAIL   replace the password of a user who has lost theirs by one that
                                       is made up and shown once, also while the server runs
              ./kassa backup FILE      back up the embedded database, also while the server runs
              ./kassa restore FILE     put a backup in its place, while no server runs
                      --force          replace what is there; for both
              ./kassa demo [N]         fill the database with N orders of two years [10000]
                      --seed N         other orders for another number [1]
                      --until TIME     when the two years end: 2026-06-30T12:00:00Z [now]
                      --force          also if there are orders already
              ./kassa import FILE      place the orders of FILE.ndjson or FILE.csv, each once; - is
                                       standard input
                      --url URL        at this server [the one of the database, or one of its own]
                      --format FORMAT  ndjson or csv [by the name of the file; ndjson for -]
                      --results FILE   what became of each order [FILE.results.ndjson]
              ./kassa --help           print this
              ./kassa --version        print the version

            Settings are flags, environment variables, or keys of ./kassa.properties without the
            dashes; the first of these that is there counts.

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

  /** The settings in force, a line each, with no secret in them. */
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
   * That the server is there, and what to try first.
   *
   * @param admin who can sign in
   * @param password of the admin, if it was made up; it is told this once
   */
  static String startupMessage(
      String address,
      long startMillis,
      long nextOrderNumber,
      Config.@Nullable Admin admin,
      @Nullable String password) {
    return """
    Kassa listens on %1$s (started in %2$d ms; contract: %1$s/docs). %6$s

    TOKEN=$(curl -s %1$s/v1/auth/login -H 'Content-Type: application/json' -d '{"email":"%4$s","password":"%5$s"}' | grep -o 'kas_[0-9A-Za-z_-]*')
    curl -s -H "Authorization: Bearer $TOKEN" '%1$s/v1/quotes?explain=true' -H 'Content-Type: application/json' -d '{"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}'
    curl -s -H "Authorization: Bearer $TOKEN" %1$s/v1/orders -H 'Content-Type: application/json' -d '{"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}'
    curl -s -H "Authorization: Bearer $TOKEN" %1$s/v1/orders/%3$d
    curl -s -H "Authorization: Bearer $TOKEN" %1$s/v1/orders

    """
        .formatted(
            address,
            startMillis,
            nextOrderNumber,
            admin == null ? "EMAIL" : admin.email(),
            password == null ? "PASSWORD" : password,
            password == null
                ? "Try, with your PASSWORD:"
                : "Try; the first line holds the password of the admin, which is shown this once"
                    + " and is to be changed within a day:");
  }

  private static String maskSecrets(Setting setting, Settings.Value value) {
    return setting.isSecret() && !value.text().isEmpty()
        ? SecretRedactor.MASK
        : SecretRedactor.maskUrl(value.text());
  }
}
