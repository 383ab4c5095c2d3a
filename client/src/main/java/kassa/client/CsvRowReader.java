package kassa.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.csv.CsvFactory;

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

  private final JsonParser parser;
  private final CsvColumns columns;

  private CsvRowReader(JsonParser parser) {
    this.parser = parser;
    Row header = readRow();
    if (header == null) {
      throw new InvalidFileException("line 1: must name the columns");
    }
    columns = CsvColumns.of(header.cells());
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
    JsonParser parser =
        CSV.createParser(
            ObjectReadContext.empty(), new InputStreamReader(Files.newInputStream(file), UTF_8));
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
    while (row != null && row.cells().size() == 1 && row.cells().getFirst().isEmpty()) {
      row = readRow();
    }
    return row;
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
        String cell = stripByteOrderMark(line, cells.isEmpty(), parser.getString()).strip();
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

  private static String stripByteOrderMark(int line, boolean first, String cell) {
    return line == 1 && first && cell.startsWith("\uFEFF") ? cell.substring(1) : cell;
  }

  @Override
  public void close() {
    parser.close();
  }
}
