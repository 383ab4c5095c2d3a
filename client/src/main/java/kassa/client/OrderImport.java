package kassa.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Idempotent import of a file of orders into a server. Writes the result of each order to a file of
 * results. The next run skips orders that are placed according to this file. Orders without a
 * result, because the process or the server was killed, are retried with the same idempotency key
 * and placed once. Only {@link #stop} may be called by another thread.
 */
public final class OrderImport implements AutoCloseable {

  /** Timeout after which the import aborts if the server makes no progress. */
  public static final Duration NO_PROGRESS_TIMEOUT = Duration.ofMinutes(2);

  private final OrderFile file;
  private final ImportResultsFile results;
  private final Path resultsPath;
  private final BatchSender sender;

  private OrderImport(OrderFile file, @Nullable Path resultsPath) {
    this.file = file;
    this.resultsPath = resultsPath == null ? Path.of(file.name() + ".results.ndjson") : resultsPath;
    this.results = ImportResultsFile.open(this.resultsPath, file);
    this.sender =
        new BatchSender(
            results,
            new ImportStatistics(file.orderCount(), results.previouslyPlaced()),
            NO_PROGRESS_TIMEOUT);
  }

  /**
   * Opens and validates a file of orders.
   *
   * @param results the file of results; {@code null} for one beside the file of orders
   * @throws InvalidFileException if one of the files is invalid; nothing was sent
   */
  public static OrderImport of(Path orders, FileFormat format, @Nullable Path results) {
    return open(
        OrderFile.open(orders, format),
        results == null
            ? orders.resolveSibling(orders.getFileName() + ".results.ndjson")
            : results);
  }

  /**
   * Opens and validates orders of a stream. It is read to its end and copied to a temporary file.
   *
   * @param results the file of results; {@code null} for one in the current folder, with the digest
   *     of the content in its name
   * @throws InvalidFileException if the content or the file of results is invalid; nothing was sent
   */
  public static OrderImport of(InputStream orders, FileFormat format, @Nullable Path results) {
    return open(OrderFile.open(orders, format), results);
  }

  private static OrderImport open(OrderFile file, @Nullable Path results) {
    try {
      return new OrderImport(file, results);
    } catch (RuntimeException invalid) {
      try (file) {
        throw invalid;
      } catch (IOException closeFailure) {
        invalid.addSuppressed(closeFailure);
        throw invalid;
      }
    }
  }

  /** Number of orders that are not placed yet. */
  public long pendingOrders() {
    return file.orderCount() - results.previouslyPlaced();
  }

  /** Path of the file of results. */
  public Path resultsPath() {
    return resultsPath;
  }

  /**
   * Sends the orders that are not placed yet. Call it once.
   *
   * @param server URL of the server: {@code http://127.0.0.1:8080}
   * @param token the credential; {@code null} for none
   * @param progress receives the number of orders that have a new result; never called concurrently
   * @throws InvalidFileException if reading or writing a file fails
   */
  public ImportReport send(URI server, @Nullable String token, LongConsumer progress) {
    return send(() -> Optional.of(server), token, progress);
  }

  /**
   * Sends the orders that are not placed yet to a server whose address may change. Call it once.
   *
   * @param server finds the URL of the server before each request, so that nothing is sent to
   *     another program that has the port of a killed server; empty while the server does not run;
   *     thread-safe
   * @param token the credential; {@code null} for none
   * @param progress receives the number of orders that have a new result; never called concurrently
   * @throws InvalidFileException if reading or writing a file fails
   */
  public ImportReport send(
      Supplier<Optional<URI>> server, @Nullable String token, LongConsumer progress) {
    try (OrderApiClient orderServer = new OrderApiClient(server, token);
        FileOrderReader orders = file.openReader()) {
      return sender.run(orders, orderServer, progress);
    } catch (IOException broken) {
      throw new InvalidFileException(file.name() + " is not readable: " + broken);
    }
  }

  /** Stops the import soon: sends nothing more, waits for sent batches. Thread-safe. */
  public void stop() {
    sender.stop();
  }

  @Override
  public void close() {
    try (file;
        results) {
      stop();
    } catch (IOException broken) {
      throw new InvalidFileException("cannot write results to " + resultsPath + ": " + broken);
    }
  }
}
