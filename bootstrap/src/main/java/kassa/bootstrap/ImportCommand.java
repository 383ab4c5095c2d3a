package kassa.bootstrap;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kassa.adapters.persistence.Persistence;
import kassa.client.FileFormat;
import kassa.client.OrderImport;
import kassa.client.Report;
import kassa.client.UnusableFileException;
import org.jspecify.annotations.Nullable;

/** {@code ./kassa import}: places the orders of a file, each once. */
final class ImportCommand {

  private static final String STANDARD_INPUT = "-";

  private ImportCommand() {}

  /**
   * Places the orders, and reports.
   *
   * @return whether all of them are placed
   * @throws InvalidConfigException if the words or the file cannot be used; nothing was sent
   */
  static boolean run(List<String> words, String version) {
    CommandLine line = CommandLine.of(words, Set.of(), Set.of("--url", "--format", "--results"));
    String file = line.operand("the name of one file, or - for standard input");
    FileFormat format = format(line.values().get("--format"), file);
    URI url = url(line.values().get("--url"));
    Config config = Config.of(SettingSources.gather(line.settings()));
    Logging.use(config.log());
    try {
      OrderImport orders = open(file, format, path(line.values().get("--results")));
      return run(orders, url, config, version);
    } catch (UnusableFileException unusable) {
      throw new InvalidConfigException(unusable.faults());
    }
  }

  private static boolean run(OrderImport orders, @Nullable URI url, Config config, String version) {
    // The process does not end before both are closed.
    try (EndOfProcess _ = EndOfProcess.stops(orders::stop);
        orders) {
      Report report = feed(orders, url, config, version);
      System.out.print(text(report, orders.results()));
      System.out.flush();
      tellObstacle(report);
      return report.isComplete();
    }
  }

  private static OrderImport open(String file, FileFormat format, @Nullable Path results) {
    return file.equals(STANDARD_INPUT)
        ? OrderImport.of(System.in, format, results)
        : OrderImport.of(Path.of(file), format, results);
  }

  private static FileFormat format(@Nullable String named, String file) {
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
    return FileFormat.ofName(file)
        .orElseThrow(() ->
            new InvalidConfigException(
                List.of("the name of " + file + " tells no format; --format ndjson or csv does")));
  }

  private static @Nullable URI url(@Nullable String text) {
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

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  /** Where the server of the embedded database listens, if one has it open. */
  private static @Nullable URI running(Config config) {
    Optional<ControlClient> found =
        new Persistence.AtRest(config.databaseUrl()).file().flatMap(ControlClient::call);
    try (ControlClient server = found.orElse(null)) {
      return server == null ? null : URI.create(server.address());
    } catch (IOException broken) {
      throw new CommandFailedException("the server could not be asked: " + broken.getMessage());
    }
  }

  private static Report feed(OrderImport orders, @Nullable URI url, Config config, String version) {
    URI server = url == null ? running(config) : url;
    if (server != null) {
      System.err.println("kassa: importing into the server at " + server);
      return feed(orders, server, config.token());
    }
    OwnersToken token = OwnersToken.random();
    try (Kassa kassa = Kassa.start(config.forCommand(), version, token)) {
      System.err.println("kassa: importing into the database, by a server for this import alone");
      return feed(orders, URI.create(kassa.address()), token.text());
    }
  }

  private static Report feed(OrderImport orders, URI server, @Nullable String token) {
    Progress progress = new Progress(orders.ordersToSend());
    Report report = orders.feed(server, token, progress::add);
    progress.end();
    return report;
  }

  private static String text(Report report, Path results) {
    StringBuilder text = new StringBuilder();
    text.append(count(report.orders(), "in the file"));
    text.append(count(report.placed(), "placed"));
    text.append(count(report.placedBefore(), "placed before"));
    text.append(count(report.refused(), "refused"));
    for (Report.Reason reason : report.reasons()) {
      text.append(
          "%14d %s: %s%n"
              .formatted(reason.count(), oneLine(reason.name()), oneLine(reason.example())));
      text.append("%14s %s%n".formatted("", lines(reason)));
    }
    if (report.left() > 0) {
      text.append(count(report.left(), "not sent"));
    }
    return text.append("Results: %s%n".formatted(results)).toString();
  }

  private static String count(long count, String what) {
    return "%10d %s%n".formatted(count, what);
  }

  private static String lines(Report.Reason reason) {
    String lines =
        reason.firstLines().stream().map(String::valueOf).collect(Collectors.joining(", "));
    boolean more = reason.count() > reason.firstLines().size();
    return (reason.count() == 1 ? "line " : "lines ") + lines + (more ? " and so on" : "");
  }

  /** What a server says is not to write over the terminal. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static void tellObstacle(Report report) {
    if (report.obstacle() != null) {
      System.err.println(
          "kassa: the import ended early: "
              + oneLine(report.obstacle())
              + "; the same command goes on with the rest");
    }
  }
}
