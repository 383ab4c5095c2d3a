package kassa.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.FormatSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.csv.CsvFactory;
import tools.jackson.dataformat.csv.CsvSchema;

/** Reads the rows of a CSV file after the row with the names of the columns. Not thread-safe. */
final class CsvRowReader implements AutoCloseable {

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(OrderFile.MAX_ORDER_BYTES)
                  .maxDocumentLength(-1)
                  .maxTokenCount(-1)
                  .build())
          .build();

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int MAX_HEADER = 1 << 16;

  private final JsonParser parser;
  private final CsvColumns columns;

  private CsvRowReader(JsonParser parser) {
    this.parser = parser;
    Row header = readRow();
    if (header == null) {
      throw new InvalidFileException("line 1: must name the columns");
    }
    columns = CsvColumns.of(withoutEmptyEnd(header.cells(), 1));
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
    Reader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8));
    skipByteOrderMark(reader);
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator(reader));
    JsonParser parser =
        CSV.createParser(
            new ObjectReadContext.Base() {
              @Override
              public FormatSchema getSchema() {
                return schema;
              }
            },
            reader);
    try {
      return new CsvRowReader(parser);
    } catch (RuntimeException invalid) {
      parser.close();
      throw invalid;
    }
  }

  CsvColumns columns() {
    return columns;
  }

  /**
   * Returns the next row that is not blank; {@code null} at the end of the file.
   *
   * @throws InvalidFileException if a quote is misplaced or not closed
   */
  @Nullable Row next() {
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

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  /** The separator of the first line; no name of a column has one. */
  private static char separator(Reader reader) throws IOException {
    reader.mark(MAX_HEADER);
    char separator = ',';
    for (int i = 0; i < MAX_HEADER - 1; i++) {
      int character = reader.read();
      if (character < 0 || character == '\n') {
        break;
      }
      if (character == ',' || character == ';' || character == '\t') {
        separator = (char) character;
        break;
      }
    }
    reader.reset();
    return separator;
  }

  private @Nullable Row readRow() {
    int line = 0;
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      line = parser.currentLocation().getLineNr();
      List<String> cells = new ArrayList<>();
      long characters = 0;
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        String cell = parser.getString().strip();
        characters += 1 + cell.length();
        if (characters > OrderFile.MAX_ORDER_BYTES) {
          throw new InvalidFileException(
              "line %s: has more than %s characters".formatted(line, OrderFile.MAX_ORDER_BYTES));
        }
        cells.add(cell);
      }
      return new Row(line, cells);
    } catch (JacksonException malformed) {
      throw new InvalidFileException(
          "line %s: %s".formatted(Math.max(line, 1), malformed.getOriginalMessage()));
    }
  }

  @Override
  public void close() {
    parser.close();
  }
}
