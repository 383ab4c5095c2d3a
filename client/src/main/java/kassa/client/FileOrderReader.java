package kassa.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the orders of a file sequentially. Not thread-safe. */
sealed interface FileOrderReader extends AutoCloseable permits NdjsonOrderReader, CsvOrderReader {

  /** Next order; {@code null} at the end of the file. */
  @Nullable FileOrder next() throws IOException;

  @Override
  void close() throws IOException;
}
