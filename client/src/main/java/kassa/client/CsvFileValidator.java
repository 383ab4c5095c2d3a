package kassa.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Validates a CSV file as a whole before anything is sent, because shifted cells or separated rows
 * of an order could place other orders than intended. Not thread-safe.
 */
final class CsvFileValidator {

  /** Maximum number of orders per file: each takes some bytes of memory to detect duplicates. */
  static final int MAX_ORDERS = 10_000_000;

  private static final int MAX_ERRORS = 10;

  private final CsvRowReader rows;
  private final int orderColumnIndex;
  private final List<String> errors = new ArrayList<>();

  CsvFileValidator(CsvRowReader rows) {
    this.rows = rows;
    this.orderColumnIndex =
        rows.columns().columns().stream()
            .map(CsvColumns.Column::name)
            .toList()
            .indexOf(CsvColumns.ORDER);
  }

  /**
   * Reads the file to its end.
   *
   * @return the number of orders
   * @throws InvalidFileException if the file is invalid; reports the first ten errors
   */
  long countOrders() throws IOException {
    LongHashSet seen = new LongHashSet();
    String order = "";
    CsvRowReader.Row row = rows.next();
    for (; row != null && errors.size() < MAX_ERRORS; row = rows.next()) {
      if (!isValidRow(row)) {
        continue;
      }
      String name = row.cells().get(orderColumnIndex);
      if (!name.equals(order) && !seen.add(digest(name))) {
        addError(row, "rows of order '" + TerminalText.name(name) + "' must be adjacent");
      }
      if (seen.size() > MAX_ORDERS) {
        throw new InvalidFileException(
            "line " + row.line() + ": a CSV file must have at most " + MAX_ORDERS + " orders");
      }
      order = name;
    }
    if (!errors.isEmpty()) {
      throw new InvalidFileException(errors);
    }
    return seen.size();
  }

  private boolean isValidRow(CsvRowReader.Row row) {
    int expected = rows.columns().columns().size();
    if (row.cells().size() != expected) {
      addError(row, "has %s cells instead of %s".formatted(row.cells().size(), expected));
      return false;
    }
    if (row.cells().get(orderColumnIndex).isEmpty()) {
      addError(row, "must have a value in the column order");
      return false;
    }
    return true;
  }

  private void addError(CsvRowReader.Row row, String error) {
    errors.add("line %s: %s".formatted(row.line(), error));
  }

  private static long digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
