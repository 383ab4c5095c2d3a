package kassa.bootstrap.cli;

import java.io.IOException;
import java.io.Writer;
import kassa.adapters.persistence.admin.ResultSink;

/** An answer that is written as text. */
abstract sealed class TextResultWriter implements ResultSink
    permits CsvResultWriter, TableResultWriter {

  private final Writer out;

  TextResultWriter(Writer out) {
    this.out = out;
  }

  /** Writes what has not been written yet. */
  abstract void finish() throws IOException;

  final void write(String text) throws IOException {
    out.write(text);
  }
}
