package kassa.bootstrap;

import java.io.IOException;
import java.io.Writer;
import kassa.adapters.persistence.Persistence;

/** An answer that is written as text. */
abstract sealed class TextAnswer implements Persistence.Answer permits CsvAnswer, TableAnswer {

  private final Writer out;

  TextAnswer(Writer out) {
    this.out = out;
  }

  /** Writes what has not been written yet. */
  abstract void end() throws IOException;

  final void write(String text) throws IOException {
    out.write(text);
  }
}
