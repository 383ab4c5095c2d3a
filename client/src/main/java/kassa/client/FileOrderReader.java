package kassa.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The orders of a file, one after another. One thread only. */
sealed interface FileOrderReader extends AutoCloseable permits NdjsonOrderReader, CsvOrderReader {

  /** The next order; {@code null} if there is none. */
  @Nullable FileOrder next() throws IOException;

  @Override
  void close() throws IOException;
}
