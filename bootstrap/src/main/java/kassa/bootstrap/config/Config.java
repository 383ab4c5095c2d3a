package kassa.bootstrap.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kassa.adapters.http.CorsOrigins;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.http.TlsConfig;
import kassa.adapters.http.TrustedProxies;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.secrets.Secrets;
import kassa.application.BatchLimits;
import kassa.application.UseCases;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.rule.Policy;
import kassa.domain.rule.PolicyReader;
import org.jspecify.annotations.Nullable;

/**
 * How Kassa is to run, checked as a whole.
 *
 * @param host the address to listen on
 * @param port the port to listen on; any free one for 0
 * @param tls what is shown over TLS; plain HTTP without it
 * @param trustedProxies who is believed who sent what they pass on
 * @param corsOrigins whose pages may read answers in a browser
 * @param databaseUrl the database, by its JDBC URL
 * @param databasePoolSize the most connections to it
 * @param firstAdmin who is made an admin when there is none; {@code null} for nobody
 * @param sessionLimits how long sessions go on
 * @param maxConcurrentHashes how many passwords are looked at at once
 * @param rateLimitPerMinute how many calls a key or a person may make in a minute
 * @param currencies the currencies that orders may be in
 * @param pricingPolicy how discount rules work together
 * @param batchLimits how much is done at once
 * @param httpLimits how much is let in at once
 * @param shutdownTimeout how long requests that are under way may go on when the server stops
 * @param logFormat the form of the log
 * @param apiToken what is shown to a server that runs; {@code null} if nothing was said
 */
public record Config(
    String host,
    int port,
    @Nullable TlsConfig tls,
    TrustedProxies trustedProxies,
    CorsOrigins corsOrigins,
    String databaseUrl,
    int databasePoolSize,
    @Nullable Admin firstAdmin,
    UseCases.SessionLimits sessionLimits,
    int maxConcurrentHashes,
    int rateLimitPerMinute,
    AcceptedCurrencies currencies,
    Policy pricingPolicy,
    BatchLimits batchLimits,
    HttpLimits httpLimits,
    Duration shutdownTimeout,
    LogFormat logFormat,
    @Nullable String apiToken) {

  /**
   * The first admin.
   *
   * @param email what they sign in with
   * @param password their password; {@code null} if one is to be made up
   */
  public record Admin(EmailAddress email, @Nullable Password password) {}

  /** The forms that the log can have. */
  public enum LogFormat {
    TEXT,
    JSON
  }

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  private static final Duration MAX_SESSION_AGE = Duration.ofDays(30);

  /**
   * Reads the settings.
   *
   * @throws InvalidConfigException if any of them cannot be used; tells all of them
   */
  public static Config of(Settings settings) {
    SettingReader reader = new SettingReader(settings, new ArrayList<>());
    Path dataDir = reader.read(Setting.DATA_DIR, Config::dataDir);
    Config config =
        new Config(
            reader.read(Setting.HOST, Config::host),
            reader.read(Setting.PORT, text -> parseInt(text, 0, 65_535)),
            tls(reader),
            reader.read(Setting.PROXIES, text -> new TrustedProxies(parseList(text))),
            reader.read(Setting.CORS_ORIGINS, text -> new CorsOrigins(parseList(text))),
            reader.read(Setting.DB_URL, text -> databaseUrl(text, dataDir)),
            reader.read(Setting.DB_POOL, text -> parseInt(text, 1, 200)),
            new Admin(
                reader.read(Setting.ADMIN_EMAIL, EmailAddress::new),
                password(settings.value(Setting.ADMIN_PASSWORD), reader)),
            sessionLimits(reader),
            reader.read(
                Setting.PASSWORD_CONCURRENCY,
                text -> parseInt(text, 1, Secrets.MAX_CONCURRENT_HASHES)),
            reader.read(Setting.CALLS_PER_MINUTE, text -> parseInt(text, 1, 100_000_000)),
            reader.read(Setting.CURRENCIES, Config::currencies),
            reader.read(Setting.PRICING_POLICY, Config::pricingPolicy),
            new BatchLimits(
                reader.read(Setting.BATCH_CONCURRENCY, text -> parseInt(text, 1, 10_000)),
                reader.read(Setting.BATCH_DEADLINE, Config::parseTimeout)),
            new HttpLimits(
                reader.read(Setting.MAX_REQUESTS, text -> parseInt(text, 1, 10_000)),
                reader.read(Setting.MAX_STREAMS, text -> parseInt(text, 1, 1_000)),
                reader.read(Setting.MAX_CONNECTIONS, text -> parseInt(text, 16, 100_000))),
            reader.read(Setting.STOP_TIMEOUT, Config::parseTimeout),
            reader.read(Setting.LOG, Config::logFormat),
            reader.read(Setting.TOKEN, Config::apiToken));
    if (!reader.errors.isEmpty()) {
      throw new InvalidConfigException(reader.errors);
    }
    return config;
  }

  /**
   * The same for a command: on a free port of the loopback address, by itself, and no new admin.
   */
  public Config forCommand() {
    return new Config(
        "127.0.0.1",
        0,
        null,
        new TrustedProxies(List.of()),
        new CorsOrigins(List.of()),
        databaseUrl,
        databasePoolSize,
        null,
        sessionLimits,
        maxConcurrentHashes,
        rateLimitPerMinute,
        currencies,
        pricingPolicy,
        batchLimits,
        httpLimits,
        shutdownTimeout,
        logFormat,
        apiToken);
  }

  /** Whether others than this machine hear what is said, and nothing is known to hide it. */
  public boolean isPlainHttpExposed() {
    return tls == null && trustedProxies.networks().isEmpty() && !isLoopback(host);
  }

  /** Where it listens alone: the rest holds secrets. */
  @Override
  public String toString() {
    return "Config[" + host + ", " + port + "]";
  }

  /** Reads settings one by one, and takes the default for one that is faulty, to read on. */
  private record SettingReader(Settings settings, List<String> errors) {

    <T extends @Nullable Object> T read(Setting setting, Function<String, T> parser) {
      try {
        return parser.apply(settings.text(setting));
      } catch (IllegalArgumentException refused) {
        addError(setting, refused.getMessage());
        return parser.apply(setting.defaultValue());
      }
    }

    void addError(Setting setting, @Nullable String error) {
      errors.add(setting.environmentVariable() + " (" + sourceOf(setting) + "): " + error);
    }

    private String sourceOf(Setting setting) {
      return settings.value(setting).source();
    }
  }

  private static String host(String host) {
    try {
      if (!host.isEmpty() && InetAddress.getByName(host) != null) {
        return host;
      }
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("must be an address of this machine", unknown);
    }
    throw new IllegalArgumentException("must be an address of this machine, such as 127.0.0.1");
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  private static @Nullable TlsConfig tls(SettingReader reader) {
    Path certificate = reader.read(Setting.TLS_CERTIFICATE, Config::readableFile);
    Path key = reader.read(Setting.TLS_KEY, Config::readableFile);
    if (certificate != null && key != null) {
      return new TlsConfig(certificate, key);
    }
    if (certificate != null || key != null) {
      reader.addError(
          certificate == null ? Setting.TLS_CERTIFICATE : Setting.TLS_KEY,
          "a certificate and its key are needed together");
    }
    return null;
  }

  private static List<String> parseList(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static @Nullable Path readableFile(String text) {
    if (text.isEmpty()) {
      return null;
    }
    Path file = Path.of(text).toAbsolutePath();
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("must be a file that can be read");
    }
    return file;
  }

  /** As it was written, white space included; only what is no password is a fault. */
  private static @Nullable Password password(Settings.Value value, SettingReader reader) {
    try {
      return value.text().isEmpty() ? null : new Password(value.text());
    } catch (InvalidValueException refused) {
      reader.addError(Setting.ADMIN_PASSWORD, refused.getMessage());
      return null;
    }
  }

  private static @Nullable String apiToken(String text) {
    if (!text.matches("[!-~]{0,200}")) {
      throw new IllegalArgumentException("must be a token, which has no spaces");
    }
    return text.isEmpty() ? null : text;
  }

  private static UseCases.SessionLimits sessionLimits(SettingReader reader) {
    Duration idle = reader.read(Setting.SESSION_IDLE, Config::parseSessionDuration);
    Duration maxAge = reader.read(Setting.SESSION_MAX_AGE, Config::parseSessionDuration);
    if (maxAge.compareTo(idle) < 0) {
      reader.addError(Setting.SESSION_MAX_AGE, "must be as long as KASSA_SESSION_IDLE or longer");
      maxAge = idle;
    }
    return new UseCases.SessionLimits(idle, maxAge);
  }

  private static Duration parseSessionDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    Duration duration = matcher.matches() ? toDuration(matcher) : Duration.ZERO;
    if (duration.compareTo(Duration.ofMinutes(1)) < 0 || duration.compareTo(MAX_SESSION_AGE) > 0) {
      throw new IllegalArgumentException("must be a time such as 30m or 12h, from 1m to 720h");
    }
    return duration;
  }

  private static int parseInt(String text, int min, int max) {
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
    }
    return number;
  }

  private static Path dataDir(String text) {
    Path folder = Path.of(text).toAbsolutePath().normalize();
    if (text.isEmpty() || folder.toString().contains(";")) {
      throw new IllegalArgumentException("must be the path of a folder, without semicolons");
    }
    return folder;
  }

  private static String databaseUrl(String url, Path dataDir) {
    if (url.isEmpty()) {
      return "jdbc:h2:file:" + dataDir.resolve("kassa");
    }
    if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("jdbc:h2:")) {
      throw new IllegalArgumentException("must begin with jdbc:postgresql: or jdbc:h2:");
    }
    // Refuses an H2 that is not embedded.
    var _ = new DatabaseAdmin(url);
    return url;
  }

  private static AcceptedCurrencies currencies(String codes) {
    return codes.equals("all")
        ? AcceptedCurrencies.all()
        : AcceptedCurrencies.of(Arrays.stream(codes.split(",", -1)).map(String::strip).toList());
  }

  /** As a quote names it, but {@code name=value} with commas between. */
  private static Policy pricingPolicy(String text) {
    Map<String, JsonValue> choices = new LinkedHashMap<>();
    for (String choice : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] nameAndValue = choice.strip().split("=", 2);
      if (nameAndValue.length < 2
          || choices.put(nameAndValue[0], new JsonValue.JsonString(nameAndValue[1])) != null) {
        throw new IllegalArgumentException("must be a list such as stackBase=original, each once");
      }
    }
    Violations flaws = new Violations();
    JsonObjectReader fields = new JsonObjectReader(JsonValue.JsonObject.of(choices), "", flaws);
    Policy policy = PolicyReader.read(fields, Policy.DEFAULT);
    if (!flaws.isEmpty()) {
      throw new IllegalArgumentException(
          flaws.reported().stream()
              .map(flaw -> flaw.pointer().substring(1) + ": " + flaw.detail())
              .collect(Collectors.joining("; ")));
    }
    return policy;
  }

  private static Duration parseTimeout(String text) {
    Matcher matcher = DURATION.matcher(text);
    Duration duration = matcher.matches() ? toDuration(matcher) : Duration.ZERO;
    if (!duration.isPositive() || duration.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException("must be a time such as 500ms, 30s or 2m, up to 1h");
    }
    return duration;
  }

  private static Duration toDuration(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static LogFormat logFormat(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default -> throw new IllegalArgumentException("must be text or json");
    };
  }
}
