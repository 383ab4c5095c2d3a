package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives a query result as a stream: the columns once, then the rows. */
public interface ResultSink {

  /**
   * Receives the columns.
   *
   * @throws IOException if writing fails; the query is aborted then
   */
  void columns(List<ResultColumn> columns) throws IOException;

  /**
   * Receives a row.
   *
   * @param values a text for each column; {@code null} for an SQL null
   * @throws IOException if writing fails; the query is aborted then
   */
  void row(List<@Nullable String> values) throws IOException;
}
