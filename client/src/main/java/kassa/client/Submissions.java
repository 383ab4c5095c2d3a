package kassa.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The orders of a file, one after another. One thread only. */
sealed interface Submissions extends AutoCloseable permits NdjsonOrders, CsvOrders {

  /** The next order; {@code null} if there is none. */
  @Nullable Submission next() throws IOException;

  @Override
  void close() throws IOException;
}
