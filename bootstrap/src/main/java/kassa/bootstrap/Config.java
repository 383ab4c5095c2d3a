package kassa.bootstrap;

import java.net.InetAddress;
import java.net.UnknownHostException;
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
import kassa.application.ProcessingLimits;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.Policy;
import kassa.domain.rule.PolicyReader;

/**
 * How Kassa is to run, checked as a whole.
 *
 * @param host the address to listen on
 * @param port the port to listen on; any free one for 0
 * @param databaseUrl the database, by its JDBC URL
 * @param databasePool the most connections to it
 * @param currencies the currencies that orders may be in
 * @param policy how discount rules work together
 * @param limits how much is done at once
 * @param admitted how much is let in at once
 * @param stopTimeout how long requests that are under way may go on when the server stops
 * @param log the form of the log
 */
record Config(
    String host,
    int port,
    String databaseUrl,
    int databasePool,
    AcceptedCurrencies currencies,
    Policy policy,
    ProcessingLimits limits,
    HttpServer.Limits admitted,
    Duration stopTimeout,
    LogFormat log) {

  /** The forms that the log can have. */
  enum LogFormat {
    TEXT,
    JSON
  }

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Duration LONGEST_TIME = Duration.ofHours(1);

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
            faulty.read(Setting.HOST, Config::loopback),
            faulty.read(Setting.PORT, text -> number(text, 0, 65_535)),
            faulty.read(Setting.DB_URL, text -> databaseUrl(text, dataDir)),
            faulty.read(Setting.DB_POOL, text -> number(text, 1, 200)),
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
            faulty.read(Setting.LOG, Config::logFormat));
    if (!faulty.faults.isEmpty()) {
      throw new InvalidConfigException(faulty.faults);
    }
    return config;
  }

  /** The same, but on any free port of the loopback address. */
  Config onFreePort() {
    return new Config(
        "127.0.0.1",
        0,
        databaseUrl,
        databasePool,
        currencies,
        policy,
        limits,
        admitted,
        stopTimeout,
        log);
  }

  /** Reads settings one by one, and takes the default for one that is faulty, to read on. */
  private record Faulty(Settings settings, List<String> faults) {

    <T> T read(Setting setting, Function<String, T> parser) {
      try {
        return parser.apply(settings.text(setting));
      } catch (IllegalArgumentException refused) {
        faults.add(setting.variable() + " (" + source(setting) + "): " + refused.getMessage());
        return parser.apply(setting.fallback());
      }
    }

    private String source(Setting setting) {
      return settings.value(setting).source();
    }
  }

  private static String loopback(String host) {
    try {
      if (!host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress()) {
        return host;
      }
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException("must be an address of this machine", unknown);
    }
    throw new IllegalArgumentException(
        "must be a loopback address such as 127.0.0.1, for all calls are open to everybody");
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
