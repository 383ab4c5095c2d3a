package kassa.bootstrap.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kassa.bootstrap.admin.RunningServer;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.LogbackConfigurator;
import kassa.bootstrap.config.SecretRedactor;
import kassa.bootstrap.config.SettingSources;
import kassa.bootstrap.server.KassaServer;
import kassa.bootstrap.server.LocalOperatorToken;
import kassa.client.FileFormat;
import kassa.client.ImportReport;
import kassa.client.InvalidFileException;
import kassa.client.OrderImport;
import kassa.client.TerminalText;
import org.jspecify.annotations.Nullable;

/** {@code ./kassa import}: places the orders of a file, each exactly once. */
public final class ImportCommand {

  private static final String STANDARD_INPUT = "-";
  private static final int MAX_REASON_LENGTH = 500;

  private ImportCommand() {}

  /**
   * Places the orders and prints a report.
   *
   * @return whether all orders are placed
   * @throws InvalidConfigException if the arguments, the settings or the file are invalid; nothing
   *     was sent
   */
  public static boolean run(CommandLine line, String version) {
    String file = line.operand("the path of one file, or - for standard input");
    FileFormat format = parseFormat(line.values().get("--format"), file);
    URI url = parseUrl(line.values().get("--url"));
    Config config = Config.of(SettingSources.load(line.settings()));
    LogbackConfigurator.setFormat(config.logFormat());
    try {
      OrderImport orders = open(file, format, parsePath(line.values().get("--results")));
      return run(orders, url, config, version);
    } catch (InvalidFileException unusable) {
      throw new InvalidConfigException(unusable.errors());
    }
  }

  private static boolean run(OrderImport orders, @Nullable URI url, Config config, String version) {
    // The shutdown hook lets the process exit only after both are closed.
    try (ShutdownHook _ = ShutdownHook.register(orders::stop);
        orders) {
      ImportReport report = runImport(orders, url, config, version);
      System.out.print(formatReport(report, orders.resultsPath()));
      System.out.flush();
      printAbortReason(report);
      return report.isComplete();
    }
  }

  private static OrderImport open(String file, FileFormat format, @Nullable Path results) {
    return file.equals(STANDARD_INPUT)
        ? OrderImport.of(System.in, format, results)
        : OrderImport.of(Path.of(file), format, results);
  }

  private static FileFormat parseFormat(@Nullable String named, String file) {
    if (named != null) {
      return switch (named.toLowerCase(Locale.ROOT)) {
        case "ndjson" -> FileFormat.NDJSON;
        case "csv" -> FileFormat.CSV;
        default -> throw new InvalidConfigException(List.of("--format must be ndjson or csv"));
      };
    }
    if (file.equals(STANDARD_INPUT)) {
      return FileFormat.NDJSON;
    }
    return FileFormat.fromFileName(file)
        .orElseThrow(() ->
            new InvalidConfigException(
                List.of(
                    "unknown file extension of "
                        + SecretRedactor.maskUrl(file)
                        + "; use --format ndjson or --format csv")));
  }

  private static @Nullable URI parseUrl(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // Reported below.
    }
    throw new InvalidConfigException(List.of("--url must be a URL such as http://127.0.0.1:8080"));
  }

  private static @Nullable Path parsePath(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  private static ImportReport runImport(
      OrderImport orders, @Nullable URI url, Config config, String version) {
    if (url != null) {
      return runImport(orders, url, () -> Optional.of(url), config.apiToken());
    }
    try (RunningServer server = new RunningServer(config)) {
      URI address = server.get().orElse(null);
      if (address != null) {
        return runImport(orders, address, server, config.apiToken());
      }
    }
    LocalOperatorToken token = LocalOperatorToken.random();
    try (KassaServer kassa = KassaServer.start(config.forCommand(), version, token)) {
      System.err.println("kassa: importing into the database with a temporary server");
      URI address = URI.create(kassa.address());
      return send(orders, () -> Optional.of(address), token.text());
    }
  }

  private static ImportReport runImport(
      OrderImport orders, URI address, Supplier<Optional<URI>> server, @Nullable String token) {
    System.err.println("kassa: importing into the server at " + address);
    return send(orders, server, token);
  }

  private static ImportReport send(
      OrderImport orders, Supplier<Optional<URI>> server, @Nullable String token) {
    ProgressReporter progress = new ProgressReporter(orders.pendingOrders());
    ImportReport report = orders.send(server, token, progress::add);
    progress.finish();
    return report;
  }

  static String formatReport(ImportReport report, Path results) {
    StringBuilder text = new StringBuilder();
    text.append(formatCount(report.orders(), "in the file"));
    text.append(formatCount(report.placed(), "placed"));
    text.append(formatCount(report.alreadyPlaced(), "already placed"));
    text.append(formatCount(report.rejected(), "rejected"));
    for (ImportReport.RejectionReason reason : report.reasons()) {
      text.append(
          "%14s %s: %s%n"
              .formatted(
                  reason.count(), toSingleLine(reason.name()), toSingleLine(reason.example())));
      text.append("%14s %s%n".formatted("", formatLines(reason)));
    }
    if (report.unsent() > 0) {
      text.append(formatCount(report.unsent(), "not sent"));
    }
    return text.append("Results: %s%n".formatted(TerminalText.escape(results.toString())))
        .toString();
  }

  private static String formatCount(long count, String what) {
    return "%10s %s%n".formatted(count, what);
  }

  private static String formatLines(ImportReport.RejectionReason reason) {
    String lines =
        reason.firstLines().stream().map(String::valueOf).collect(Collectors.joining(", "));
    boolean more = reason.count() > reason.firstLines().size();
    return (reason.count() == 1 ? "line " : "lines ") + lines + (more ? " ..." : "");
  }

  private static String toSingleLine(String text) {
    return TerminalText.excerpt(text, MAX_REASON_LENGTH);
  }

  private static void printAbortReason(ImportReport report) {
    if (report.abortReason() != null) {
      System.err.println(
          "kassa: the import stopped early: "
              + toSingleLine(report.abortReason())
              + "; run the same command again to continue");
    }
  }
}
