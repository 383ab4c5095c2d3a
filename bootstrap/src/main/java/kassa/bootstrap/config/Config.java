package kassa.bootstrap.config;

import java.nio.file.Path;
import java.util.Locale;
import kassa.adapters.http.HttpConfig;
import kassa.adapters.persistence.PersistenceConfig;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the process: the validated settings, grouped by the part that uses them.
 *
 * @param http configuration of the HTTP server
 * @param dataDir folder of the embedded database and of the local admin socket
 * @param database the database
 * @param identity configuration of users, sessions and callers
 * @param pricing configuration of pricing
 * @param service configuration of what runs for all callers
 * @param logFormat format of the log
 * @param apiToken token that the import sends to a running server; {@code null} if not set
 */
public record Config(
    HttpConfig http,
    Path dataDir,
    PersistenceConfig database,
    IdentityConfig identity,
    PricingConfig pricing,
    ServiceConfig service,
    LogFormat logFormat,
    @Nullable String apiToken) {

  /**
   * Reads the settings.
   *
   * @throws InvalidConfigException if a setting is invalid; it lists all errors
   */
  public static Config of(Settings settings) {
    SettingReader reader = new SettingReader(settings);
    Path dataDir = reader.read(Setting.DATA_DIR, DatabaseSettings::parseDataDir);
    Config config =
        new Config(
            HttpSettings.read(reader),
            dataDir,
            DatabaseSettings.read(reader, dataDir),
            IdentitySettings.read(reader),
            PricingSettings.read(reader),
            ServiceSettings.read(reader),
            reader.read(Setting.LOG, Config::parseLogFormat),
            reader.read(Setting.TOKEN, Config::parseApiToken));
    reader.requireNoErrors();
    return config;
  }

  /**
   * Returns the configuration of a server that a command runs for itself: on a free port of the
   * loopback address, without a first admin and without a warm-up.
   */
  public Config forCommand() {
    return new Config(
        HttpSettings.forCommand(http),
        dataDir,
        database,
        identity.withoutFirstAdmin(),
        pricing,
        service.withoutWarmUp(),
        logFormat,
        apiToken);
  }

  /** Whether other machines can connect by plain HTTP, and no trusted proxy adds TLS. */
  public boolean isPlainHttpExposed() {
    return http.listen().tls() == null
        && http.trustedProxies().networks().isEmpty()
        && !http.listen().isLoopback();
  }

  /** The address only; the rest contains secrets. */
  @Override
  public String toString() {
    return "Config[" + http.listen().host() + ", " + http.listen().port() + "]";
  }

  private static LogFormat parseLogFormat(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      case "ecs" -> LogFormat.ECS;
      default -> throw new IllegalArgumentException("must be text, json or ecs");
    };
  }

  private static @Nullable String parseApiToken(String text) {
    if (!text.matches("[!-~]{0,200}")) {
      throw new IllegalArgumentException("must be a token without spaces");
    }
    return text.isEmpty() ? null : text;
  }
}
