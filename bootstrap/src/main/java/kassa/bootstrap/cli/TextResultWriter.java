package kassa.bootstrap.cli;

import java.io.IOException;
import java.io.Writer;
import kassa.adapters.persistence.admin.ResultSink;

/** Writes a query result as text. Not thread-safe. */
abstract sealed class TextResultWriter implements ResultSink
    permits CsvResultWriter, TableResultWriter {

  private final Writer out;

  TextResultWriter(Writer out) {
    this.out = out;
  }

  /** Writes the buffered rows. */
  abstract void finish() throws IOException;

  final void write(String text) throws IOException {
    out.write(text);
  }
}
