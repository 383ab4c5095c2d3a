package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the answer to a question as it comes: the columns once, and then the rows. */
public interface ResultSink {

  /**
   * Takes what the answer consists of.
   *
   * @throws IOException if it cannot; the question is given up then
   */
  void columns(List<ResultColumn> columns) throws IOException;

  /**
   * Takes a row.
   *
   * @param values a text for each column, {@code null} where there is nothing
   * @throws IOException if it cannot; the question is given up then
   */
  void row(List<@Nullable String> values) throws IOException;
}
