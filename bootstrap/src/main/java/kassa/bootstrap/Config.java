package kassa.bootstrap;

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
import kassa.adapters.http.HttpServer;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.secrets.Secrets;
import kassa.application.ProcessingLimits;
import kassa.application.UseCases;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.Policy;
import kassa.domain.rule.PolicyReader;
import org.jspecify.annotations.Nullable;

/**
 * How Kassa is to run, checked as a whole.
 *
 * @param host the address to listen on
 * @param port the port to listen on; any free one for 0
 * @param tls what is shown over TLS; plain HTTP without it
 * @param proxies who is believed who sent what they pass on
 * @param origins whose pages may read answers in a browser
 * @param databaseUrl the database, by its JDBC URL
 * @param databasePool the most connections to it
 * @param admin who is made an admin when there is none; {@code null} for nobody
 * @param sessions how long sessions go on
 * @param passwordsAtOnce how many passwords are looked at at once
 * @param callsPerMinute how many calls a key or a person may make in a minute
 * @param currencies the currencies that orders may be in
 * @param policy how discount rules work together
 * @param limits how much is done at once
 * @param admitted how much is let in at once
 * @param stopTimeout how long requests that are under way may go on when the server stops
 * @param log the form of the log
 * @param token what is shown to a server that runs; {@code null} if nothing was said
 */
record Config(
    String host,
    int port,
    HttpServer.@Nullable Tls tls,
    HttpServer.Proxies proxies,
    HttpServer.Origins origins,
    String databaseUrl,
    int databasePool,
    @Nullable Admin admin,
    UseCases.SessionLimits sessions,
    int passwordsAtOnce,
    int callsPerMinute,
    AcceptedCurrencies currencies,
    Policy policy,
    ProcessingLimits limits,
    HttpServer.Limits admitted,
    Duration stopTimeout,
    LogFormat log,
    @Nullable String token) {

  /**
   * The first admin.
   *
   * @param email what they sign in with
   * @param password their password; {@code null} if one is to be made up
   */
  record Admin(EmailAddress email, @Nullable Password password) {}

  /** The forms that the log can have. */
  enum LogFormat {
    TEXT,
    JSON
  }

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Duration LONGEST_TIME = Duration.ofHours(1);
  private static final Duration LONGEST_SESSION = Duration.ofDays(30);

  /**
   * Reads the settings.
   *
   * @throws InvalidConfigException if any of them cannot be used; tells all of them
   */
  static Config of(Settings settings) {
    Faulty faulty = new Faulty(settings, new ArrayList<>());
    Path dataDir = faulty.read(Setting.DATA_DIR, Config::dataDir);
    Config config =
        new Config(
            faulty.read(Setting.HOST, Config::host),
            faulty.read(Setting.PORT, text -> number(text, 0, 65_535)),
            tls(faulty),
            faulty.read(Setting.PROXIES, text -> new HttpServer.Proxies(list(text))),
            faulty.read(Setting.CORS_ORIGINS, text -> new HttpServer.Origins(list(text))),
            faulty.read(Setting.DB_URL, text -> databaseUrl(text, dataDir)),
            faulty.read(Setting.DB_POOL, text -> number(text, 1, 200)),
            new Admin(
                faulty.read(Setting.ADMIN_EMAIL, EmailAddress::new),
                password(settings.value(Setting.ADMIN_PASSWORD), faulty)),
            sessions(faulty),
            faulty.read(
                Setting.PASSWORD_CONCURRENCY, text -> number(text, 1, Secrets.MOST_AT_ONCE)),
            faulty.read(Setting.CALLS_PER_MINUTE, text -> number(text, 1, 100_000_000)),
            faulty.read(Setting.CURRENCIES, Config::currencies),
            faulty.read(Setting.PRICING_POLICY, Config::policy),
            new ProcessingLimits(
                faulty.read(Setting.BATCH_CONCURRENCY, text -> number(text, 1, 10_000)),
                faulty.read(Setting.BATCH_DEADLINE, Config::time)),
            new HttpServer.Limits(
                faulty.read(Setting.MAX_REQUESTS, text -> number(text, 1, 10_000)),
                faulty.read(Setting.MAX_STREAMS, text -> number(text, 1, 1_000)),
                faulty.read(Setting.MAX_CONNECTIONS, text -> number(text, 16, 100_000))),
            faulty.read(Setting.STOP_TIMEOUT, Config::time),
            faulty.read(Setting.LOG, Config::logFormat),
            faulty.read(Setting.TOKEN, Config::token));
    if (!faulty.faults.isEmpty()) {
      throw new InvalidConfigException(faulty.faults);
    }
    return config;
  }

  /**
   * The same for a command: on a free port of the loopback address, by itself, and no new admin.
   */
  Config forCommand() {
    return new Config(
        "127.0.0.1",
        0,
        null,
        new HttpServer.Proxies(List.of()),
        new HttpServer.Origins(List.of()),
        databaseUrl,
        databasePool,
        null,
        sessions,
        passwordsAtOnce,
        callsPerMinute,
        currencies,
        policy,
        limits,
        admitted,
        stopTimeout,
        log,
        token);
  }

  /** Whether others than this machine hear what is said, and nothing is known to hide it. */
  boolean isHeardByOthers() {
    return tls == null && proxies.networks().isEmpty() && !isLoopback(host);
  }

  /** Where it listens alone: the rest holds secrets. */
  @Override
  public String toString() {
    return "Config[" + host + ", " + port + "]";
  }

  /** Reads settings one by one, and takes the default for one that is faulty, to read on. */
  private record Faulty(Settings settings, List<String> faults) {

    <T extends @Nullable Object> T read(Setting setting, Function<String, T> parser) {
      try {
        return parser.apply(settings.text(setting));
      } catch (IllegalArgumentException refused) {
        add(setting, refused.getMessage());
        return parser.apply(setting.fallback());
      }
    }

    void add(Setting setting, @Nullable String fault) {
      faults.add(setting.variable() + " (" + source(setting) + "): " + fault);
    }

    private String source(Setting setting) {
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

  private static HttpServer.@Nullable Tls tls(Faulty faulty) {
    Path certificate = faulty.read(Setting.TLS_CERTIFICATE, Config::file);
    Path key = faulty.read(Setting.TLS_KEY, Config::file);
    if (certificate != null && key != null) {
      return new HttpServer.Tls(certificate, key);
    }
    if (certificate != null || key != null) {
      faulty.add(
          certificate == null ? Setting.TLS_CERTIFICATE : Setting.TLS_KEY,
          "a certificate and its key are needed together");
    }
    return null;
  }

  private static List<String> list(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static @Nullable Path file(String text) {
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
  private static @Nullable Password password(Settings.Value value, Faulty faulty) {
    try {
      return value.text().isEmpty() ? null : new Password(value.text());
    } catch (InvalidValueException refused) {
      faulty.add(Setting.ADMIN_PASSWORD, refused.getMessage());
      return null;
    }
  }

  private static @Nullable String token(String text) {
    if (!text.matches("[!-~]{0,200}")) {
      throw new IllegalArgumentException("must be a token, which has no spaces");
    }
    return text.isEmpty() ? null : text;
  }

  private static UseCases.SessionLimits sessions(Faulty faulty) {
    Duration idle = faulty.read(Setting.SESSION_IDLE, Config::sessionTime);
    Duration longest = faulty.read(Setting.SESSION_LONGEST, Config::sessionTime);
    if (longest.compareTo(idle) < 0) {
      faulty.add(Setting.SESSION_LONGEST, "must be as long as KASSA_SESSION_IDLE or longer");
      longest = idle;
    }
    return new UseCases.SessionLimits(idle, longest);
  }

  private static Duration sessionTime(String text) {
    Matcher matcher = DURATION.matcher(text);
    Duration duration = matcher.matches() ? duration(matcher) : Duration.ZERO;
    if (duration.compareTo(Duration.ofMinutes(1)) < 0 || duration.compareTo(LONGEST_SESSION) > 0) {
      throw new IllegalArgumentException("must be a time such as 30m or 12h, from 1m to 720h");
    }
    return duration;
  }

  private static int number(String text, int least, int most) {
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
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
    var _ = new Persistence.AtRest(url);
    return url;
  }

  private static AcceptedCurrencies currencies(String codes) {
    return codes.equals("all")
        ? AcceptedCurrencies.all()
        : AcceptedCurrencies.of(Arrays.stream(codes.split(",", -1)).map(String::strip).toList());
  }

  /** As a quote names it, but {@code name=value} with commas between. */
  private static Policy policy(String text) {
    Map<String, Notation> choices = new LinkedHashMap<>();
    for (String choice : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] nameAndValue = choice.strip().split("=", 2);
      if (nameAndValue.length < 2
          || choices.put(nameAndValue[0], new Notation.Text(nameAndValue[1])) != null) {
        throw new IllegalArgumentException("must be a list such as stackBase=original, each once");
      }
    }
    Flaws flaws = new Flaws();
    FieldReader fields = new FieldReader(Notation.Fields.of(choices), "", flaws);
    Policy policy = PolicyReader.read(fields, Policy.DEFAULT);
    if (!flaws.isEmpty()) {
      throw new IllegalArgumentException(
          flaws.found().stream()
              .map(flaw -> flaw.pointer().substring(1) + ": " + flaw.detail())
              .collect(Collectors.joining("; ")));
    }
    return policy;
  }

  private static Duration time(String text) {
    Matcher matcher = DURATION.matcher(text);
    Duration duration = matcher.matches() ? duration(matcher) : Duration.ZERO;
    if (!duration.isPositive() || duration.compareTo(LONGEST_TIME) > 0) {
      throw new IllegalArgumentException("must be a time such as 500ms, 30s or 2m, up to 1h");
    }
    return duration;
  }

  private static Duration duration(Matcher matcher) {
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
