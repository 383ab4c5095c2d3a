package kassa.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the orders of a file to a server, and keeps what became of each in a file of results.
 * Orders that are placed by these results are not sent again; what was sent and is not among them,
 * because the process or the server died, is sent under the same key as before, and placed once.
 */
public final class OrderImport implements AutoCloseable {

  /** How long a server may give no sign of progress until the import gives up. */
  public static final Duration NO_PROGRESS_TIMEOUT = Duration.ofMinutes(2);

  private final OrderFile file;
  private final ImportResultsFile results;
  private final Path resultsPath;
  private final BatchSender feed;

  private OrderImport(OrderFile file, @Nullable Path resultsPath) {
    this.file = file;
    this.resultsPath = resultsPath == null ? Path.of(file.name() + ".results.ndjson") : resultsPath;
    this.results = ImportResultsFile.open(this.resultsPath, file);
    this.feed =
        new BatchSender(
            results,
            new ImportStatistics(file.orderCount(), results.previouslyPlaced()),
            NO_PROGRESS_TIMEOUT);
  }

  /**
   * Looks a file of orders through.
   *
   * @param results the file of results; {@code null} for one beside the file of orders
   * @throws InvalidFileException if one of both cannot be used; nothing was sent
   */
  public static OrderImport of(Path orders, FileFormat format, @Nullable Path results) {
    return open(
        OrderFile.open(orders, format),
        results == null
            ? orders.resolveSibling(orders.getFileName() + ".results.ndjson")
            : results);
  }

  /**
   * The same with what comes from elsewhere, to its end: it is copied to a temporary file first.
   *
   * @param results the file of results; {@code null} for one in the current folder, that is named
   *     after the content
   */
  public static OrderImport of(InputStream orders, FileFormat format, @Nullable Path results) {
    return open(OrderFile.open(orders, format), results);
  }

  private static OrderImport open(OrderFile file, @Nullable Path results) {
    try {
      return new OrderImport(file, results);
    } catch (RuntimeException unusable) {
      try (file) {
        throw unusable;
      } catch (IOException left) {
        unusable.addSuppressed(left);
        throw unusable;
      }
    }
  }

  /** How many orders are to be sent. */
  public long pendingOrders() {
    return file.orderCount() - results.previouslyPlaced();
  }

  /** Where the results are. */
  public Path results() {
    return resultsPath;
  }

  /**
   * Sends the orders that are not placed yet. To be called once.
   *
   * @param server where it listens: {@code http://127.0.0.1:8080}
   * @param token what is shown to it; {@code null} for nothing
   * @param progress is told of how many more orders something became; never by two threads at once
   * @throws InvalidFileException if one of the files breaks while it is used
   */
  public ImportReport feed(URI server, @Nullable String token, LongConsumer progress) {
    try (OrderApiClient orderServer = new OrderApiClient(server, token);
        FileOrderReader orders = file.openReader()) {
      return feed.run(orders, orderServer, progress);
    } catch (IOException broken) {
      throw new InvalidFileException(file.name() + " cannot be read: " + broken);
    }
  }

  /** Has it end soon: what was sent is waited for, and nothing more is sent. By any thread. */
  public void stop() {
    feed.stop();
  }

  @Override
  public void close() {
    try (file;
        results) {
      stop();
    } catch (IOException broken) {
      throw new InvalidFileException(
          "the results cannot be kept in " + resultsPath + ": " + broken);
    }
  }
}
