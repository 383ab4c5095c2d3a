package kassa.bootstrap.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be set, by its name. */
public enum Setting {
  HOST("127.0.0.1", "the address to listen on; 0.0.0.0 for all addresses of the machine"),
  PORT("8080", "the port to listen on, 0 for any free one"),
  TLS_CERTIFICATE("", "the file of the certificate to show, in PEM; plain HTTP if empty"),
  TLS_KEY("", "the file of its private key, in PEM"),
  PROXIES("", "who may say for whom they ask: addresses or networks of proxies, with commas"),
  CORS_ORIGINS("", "whose pages may call in a browser: origins, with commas; none if empty"),
  DATA_DIR("./data", "the folder of the embedded database"),
  DB_URL("", "jdbc:postgresql://... or jdbc:h2:...; the embedded database if empty"),
  DB_POOL("10", "the most connections to the database, 1 to 200"),
  ADMIN_EMAIL("admin@localhost", "the first admin, who is made when there is none"),
  ADMIN_PASSWORD("", "the password of the first admin; one is made up and shown once if empty"),
  SESSION_IDLE("30m", "how long sessions last that are not used, in m or h, 1m to 720h"),
  SESSION_MAX_AGE("12h", "how long sessions last at most, in m or h, up to 720h"),
  PASSWORD_CONCURRENCY("2", "the most passwords that are checked at once, 19 MiB each, 1 to 64"),
  CURRENCIES("all", "the ISO 4217 codes that orders may be in, with commas, or all"),
  PRICING_POLICY("", "how rules work together: stackBase=original,resolver=best_total and so on"),
  BATCH_CONCURRENCY("16", "the most orders of all batches that are placed at once, 1 to 10000"),
  BATCH_DEADLINE("30s", "how long after its begin a batch begins orders, in ms, s or m, up to 1h"),
  MAX_REQUESTS("256", "the most requests that are answered at once, 1 to 10000; more are refused"),
  MAX_STREAMS("16", "the most batches, imports, exports and reports at once, 1 to 1000"),
  CALLS_PER_MINUTE("60000", "the most calls of a key or a person in a minute, 1 to 100000000"),
  MAX_CONNECTIONS("1024", "the most connections, 16 to 100000; more wait to be accepted"),
  STOP_TIMEOUT("20s", "how long requests may go on when the server stops, in ms, s or m, up to 1h"),
  LOG("text", "the form of the log: text or json"),
  TOKEN("", "what ./kassa import shows a server that runs: the key of a program"),
  JAVA_OPTS("", "more options for the Java runtime; read by the launcher");

  private final String defaultValue;
  private final String description;

  Setting(String defaultValue, String description) {
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** What is in force if nothing is said. */
  public String defaultValue() {
    return defaultValue;
  }

  /** What it is, for people. */
  public String description() {
    return description;
  }

  /** Whether it is never shown, not even to those who set it. */
  public boolean isSecret() {
    return this == ADMIN_PASSWORD || this == TOKEN;
  }

  /** The environment variable: {@code KASSA_DB_URL}. */
  public String environmentVariable() {
    return "KASSA_" + name();
  }

  /** The flag, without its dashes, and the key in the file: {@code db-url}. */
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
