package kassa.bootstrap.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.bootstrap.admin.CommandFailedException;
import kassa.bootstrap.admin.LocalAdminClient;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.InvalidConfigException;
import kassa.bootstrap.config.LogbackConfigurator;
import kassa.bootstrap.config.SettingSources;
import kassa.bootstrap.server.KassaServer;
import kassa.bootstrap.server.LocalOperatorToken;
import kassa.client.FileFormat;
import kassa.client.ImportReport;
import kassa.client.InvalidFileException;
import kassa.client.OrderImport;
import org.jspecify.annotations.Nullable;

/** {@code ./kassa import}: places the orders of a file, each once. */
public final class ImportCommand {

  private static final String STANDARD_INPUT = "-";

  private ImportCommand() {}

  /**
   * Places the orders, and reports.
   *
   * @return whether all of them are placed
   * @throws InvalidConfigException if the words or the file cannot be used; nothing was sent
   */
  public static boolean run(List<String> arguments, String version) {
    CommandLine line =
        CommandLine.of(arguments, Set.of(), Set.of("--url", "--format", "--results"));
    String file = line.operand("the name of one file, or - for standard input");
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
    // The process does not end before both are closed.
    try (ShutdownHook _ = ShutdownHook.register(orders::stop);
        orders) {
      ImportReport report = runImport(orders, url, config, version);
      System.out.print(formatReport(report, orders.results()));
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
                List.of("the name of " + file + " tells no format; --format ndjson or csv does")));
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
      // Told below.
    }
    throw new InvalidConfigException(List.of("--url must be such as http://127.0.0.1:8080"));
  }

  private static @Nullable Path parsePath(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  /** Where the server of the embedded database listens, if one has it open. */
  private static @Nullable URI findRunningServer(Config config) {
    Optional<LocalAdminClient> found =
        new DatabaseAdmin(config.databaseUrl()).file().flatMap(LocalAdminClient::connect);
    try (LocalAdminClient server = found.orElse(null)) {
      return server == null ? null : URI.create(server.serverAddress());
    } catch (IOException broken) {
      throw new CommandFailedException("the server could not be asked: " + broken.getMessage());
    }
  }

  private static ImportReport runImport(
      OrderImport orders, @Nullable URI url, Config config, String version) {
    URI server = url == null ? findRunningServer(config) : url;
    if (server != null) {
      System.err.println("kassa: importing into the server at " + server);
      return runImport(orders, server, config.apiToken());
    }
    LocalOperatorToken token = LocalOperatorToken.random();
    try (KassaServer kassa = KassaServer.start(config.forCommand(), version, token)) {
      System.err.println("kassa: importing into the database, by a server for this import alone");
      return runImport(orders, URI.create(kassa.address()), token.text());
    }
  }

  private static ImportReport runImport(OrderImport orders, URI server, @Nullable String token) {
    ProgressReporter progress = new ProgressReporter(orders.pendingOrders());
    ImportReport report = orders.feed(server, token, progress::add);
    progress.finish();
    return report;
  }

  private static String formatReport(ImportReport report, Path results) {
    StringBuilder text = new StringBuilder();
    text.append(formatCount(report.orders(), "in the file"));
    text.append(formatCount(report.placed(), "placed"));
    text.append(formatCount(report.alreadyPlaced(), "placed before"));
    text.append(formatCount(report.rejected(), "refused"));
    for (ImportReport.RejectionReason reason : report.reasons()) {
      text.append(
          "%14d %s: %s%n"
              .formatted(
                  reason.count(), toSingleLine(reason.name()), toSingleLine(reason.example())));
      text.append("%14s %s%n".formatted("", formatLines(reason)));
    }
    if (report.unsent() > 0) {
      text.append(formatCount(report.unsent(), "not sent"));
    }
    return text.append("Results: %s%n".formatted(results)).toString();
  }

  private static String formatCount(long count, String what) {
    return "%10d %s%n".formatted(count, what);
  }

  private static String formatLines(ImportReport.RejectionReason reason) {
    String lines =
        reason.firstLines().stream().map(String::valueOf).collect(Collectors.joining(", "));
    boolean more = reason.count() > reason.firstLines().size();
    return (reason.count() == 1 ? "line " : "lines ") + lines + (more ? " and so on" : "");
  }

  /** What a server says is not to write over the terminal. */
  private static String toSingleLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static void printAbortReason(ImportReport report) {
    if (report.abortReason() != null) {
      System.err.println(
          "kassa: the import ended early: "
              + toSingleLine(report.abortReason())
              + "; the same command goes on with the rest");
    }
  }
}
