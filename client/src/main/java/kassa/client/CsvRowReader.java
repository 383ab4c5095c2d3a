package kassa.client;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV file after the row with the names of the columns. Not thread-safe. */
final class CsvRowReader implements AutoCloseable {

  private static final String SEPARATORS = ",;\t|";

  private static final Pattern SEPARATOR_LINE = Pattern.compile("sep=.?", CASE_INSENSITIVE);

  private final RowHandler handler = new RowHandler();
  private final CloseableIterator<Row> rows;
  private final CsvColumns columns;

  private CsvRowReader(Path file) throws IOException {
    rows =
        CsvReader.builder()
            .fieldSeparator(separator(file))
            .detectBomHeader(true)
            .trimWhitespacesAroundQuotes(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(OrderFile.MAX_ORDER_BYTES)
            .build(handler, file)
            .iterator();
    try {
      Row header = readRow();
      while (header != null && precedesHeader(header)) {
        header = readRow();
      }
      if (header == null) {
        throw new InvalidFileException("line 1: must name the columns");
      }
      columns = CsvColumns.of(withoutEmptyEnd(header.cells(), 1), header.line());
    } catch (IOException | RuntimeException invalid) {
      rows.close();
      throw invalid;
    }
  }

  /**
   * Row.
   *
   * @param line the number of its first line, from 1
   * @param cells the cells without leading and trailing white space
   */
  record Row(int line, List<String> cells) {}

  /**
   * Opens a file.
   *
   * @throws InvalidFileException if the first row is invalid
   */
  static CsvRowReader open(Path file) throws IOException {
    return new CsvRowReader(file);
  }

  CsvColumns columns() {
    return columns;
  }

  /**
   * Returns the next row that is not blank; {@code null} at the end of the file.
   *
   * @throws InvalidFileException if a quote is misplaced or not closed, or a row is too long
   */
  @Nullable Row next() throws IOException {
    Row row = readRow();
    while (row != null && row.cells().stream().allMatch(String::isEmpty)) {
      row = readRow();
    }
    return row == null
        ? null
        : new Row(row.line(), withoutEmptyEnd(row.cells(), columns.columns().size()));
  }

  /** Returns the cells without the empty ones at the end that exceed a number of cells. */
  private static List<String> withoutEmptyEnd(List<String> cells, int min) {
    int size = cells.size();
    while (size > min && cells.get(size - 1).isEmpty()) {
      size--;
    }
    return cells.subList(0, size);
  }

  /**
   * Returns whether a row is blank, or was written before the names of the columns by PowerShell
   * ({@code #TYPE ...}) or for Excel ({@code sep=;}).
   */
  private static boolean precedesHeader(Row row) {
    String first = row.cells().getFirst();
    return row.cells().stream().allMatch(String::isEmpty)
        || first.startsWith("#TYPE ")
        || SEPARATOR_LINE.matcher(first).matches();
  }

  /** The separator of the line with the names of the columns; no name has one. */
  private static char separator(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      while (line != null && precedesHeader(new Row(1, List.of(withoutSeparators(line))))) {
        line = reader.readLine();
      }
      return line == null
          ? ','
          : (char) line.chars().filter(c -> SEPARATORS.indexOf(c) >= 0).findFirst().orElse(',');
    }
  }

  private static String withoutSeparators(String line) {
    return line.replaceAll("[\uFEFF" + SEPARATORS + "]", "").strip();
  }

  private @Nullable Row readRow() throws IOException {
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    } catch (CsvParseException malformed) {
      String message = String.valueOf(malformed.getMessage());
      String repeatedLine = " (record starting at line %s)".formatted(handler.line);
      throw new InvalidFileException(
          "line %s: %s"
              .formatted(handler.line, TerminalText.escape(message.replace(repeatedLine, ""))));
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  /** Collects the cells of a row and limits their size. */
  private static final class RowHandler extends AbstractBaseCsvCallbackHandler<Row> {

    private long line = 1;
    private List<String> cells = List.of();
    private long characters;

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      cells = new ArrayList<>();
      characters = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      String cell = new String(buffer, offset, length).strip();
      characters += 1 + cell.length();
      if (characters > OrderFile.MAX_ORDER_BYTES) {
        throw new CsvParseException(
            "has more than %s characters".formatted(OrderFile.MAX_ORDER_BYTES));
      }
      cells.add(cell);
    }

    @Override
    protected Row buildRecord() {
      return new Row(Math.toIntExact(line), cells);
    }
  }
}
