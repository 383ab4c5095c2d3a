package kassa.bootstrap.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Settings: names, default values and descriptions. See docs/reference/settings.md. */
public enum Setting {
  HOST("127.0.0.1", "address to listen on; 0.0.0.0 for all interfaces"),
  PORT("8080", "port to listen on; 0 for any free one"),
  MANAGEMENT_HOST("127.0.0.1", "address of the management port"),
  MANAGEMENT_PORT(
      "",
      "second port, for /metrics and the health checks only, without a login; 0 for any free one,"
          + " none if empty"),
  TLS_CERTIFICATE("", "path of the TLS certificate chain in PEM; plain HTTP if empty"),
  TLS_KEY("", "path of the private key in PEM"),
  PROXIES(
      "",
      "trusted proxies: addresses or networks, comma-separated; their"
          + " X-Forwarded-For and X-Forwarded-Proto headers are used"),
  CORS_ORIGINS("", "origins allowed by CORS, comma-separated; none if empty"),
  DATA_DIR("./data", "folder of the embedded database, and of the socket of local commands"),
  DB_URL("", "jdbc:postgresql://... or jdbc:h2:...; the embedded database if empty"),
  DB_POOL("10", "maximum number of database connections, 1 to 200"),
  DB_READ_URL(
      "",
      "jdbc:postgresql://... of a standby for lists, reports, exports and ./kassa sql;"
          + " none if empty"),
  DB_READ_POOL("10", "maximum number of connections to the standby, 1 to 200"),
  ADMIN_EMAIL("admin@localhost", "email of the first admin, created if there is no admin"),
  ADMIN_PASSWORD(
      "", "password of the first admin; if empty, a temporary one is generated and printed once"),
  SESSION_IDLE("30m", "idle timeout of sessions, in m or h, 1m to 720h"),
  SESSION_MAX_AGE("12h", "maximum age of sessions, in m or h, up to 720h"),
  PASSWORD_CONCURRENCY("1", "maximum number of concurrent password checks, 19 MiB each, 1 to 64"),
  CURRENCIES("all", "accepted ISO 4217 currency codes, comma-separated, or all"),
  PRICING_POLICY("", "how rules combine, such as stackBase=original,resolver=best_total"),
  BATCH_CONCURRENCY(
      "16", "maximum number of batch orders placed concurrently, over all batches, 1 to 10000"),
  BATCH_DEADLINE(
      "30s", "how long after its start a batch starts new orders, in ms, s or m, up to 1h"),
  MAX_REQUESTS(
      "512", "maximum number of concurrent single requests, 1 to 10000; more are rejected"),
  MAX_STREAMS(
      "16",
      "maximum number of concurrent batches, imports, exports, reports and event streams,"
          + " 1 to 1000; more are rejected"),
  EVENTS_RETENTION("30d", "how long events are kept, in h or d, 1h to 3650d"),
  WEBHOOK_NETWORKS(
      "",
      "networks that webhooks may be sent to although they are private or without TLS,"
          + " comma-separated"),
  WEBHOOK_RATE("100", "maximum number of webhook deliveries of this node per second, 1 to 10000"),
  WEBHOOK_RETENTION("7d", "how long the log of webhook deliveries is kept, in h or d, 1h to 3650d"),
  CALLS_PER_MINUTE(
      "60000", "maximum number of requests per API key or user per minute, 1 to 100000000"),
  MAX_CONNECTIONS("1024", "maximum number of connections, 16 to 100000; more wait to be accepted"),
  MAX_CONNECTIONS_PER_ADDRESS(
      "512",
      "maximum number of connections of one remote address that is not in KASSA_PROXIES,"
          + " 8 to 100000; beyond it the oldest idle one is closed"),
  WARM_UP(
      "5s",
      "how long the server warms up at most before it is ready, in ms or s, up to 60s; 0 for not"
          + " at all"),
  STOP_TIMEOUT("20s", "timeout of the graceful shutdown, in ms, s or m, up to 1h"),
  LOG("text", "log format on standard error: text, json or ecs"),
  ACCESS_LOG("false", "whether each request is logged: true or false"),
  TOKEN("", "credential of ./kassa import: an API key or a session token"),
  JAVA_OPTS("", "additional JVM options; read by the launcher");

  private final String defaultValue;
  private final String description;

  Setting(String defaultValue, String description) {
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** Value if the setting is not given; may be empty. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Description for {@code ./kassa --help}. */
  public String description() {
    return description;
  }

  /** Whether the value is a secret, which is never printed. */
  public boolean isSecret() {
    return this == ADMIN_PASSWORD || this == TOKEN;
  }

  /** Whether the value is a secret or, like a URL with a password, may contain one. */
  public boolean mayContainSecret() {
    return isSecret() || this == DB_URL || this == DB_READ_URL;
  }

  /** Name of the environment variable: {@code KASSA_DB_URL}. */
  public String environmentVariable() {
    return "KASSA_" + name();
  }

  /** Name of the flag without its dashes, and key in the file: {@code db-url}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Setting> fromEnvironmentVariable(String variable) {
    return Arrays.stream(values())
        .filter(setting -> setting.environmentVariable().equals(variable))
        .findFirst();
  }

  static Optional<Setting> fromKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }
}
