package kassa.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks a CSV file through as a whole: a file whose cells are shifted, or that tears an order
 * apart, would be taken for other orders than are meant.
 */
final class CsvFileValidator {

  /** The most orders of a file: each takes some bytes of memory to be told apart. */
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
   * Reads to the end.
   *
   * @return how many orders there are
   * @throws InvalidFileException if the file cannot be used; tells the first faults
   */
  long countOrders() {
    LongHashSet seen = new LongHashSet();
    String order = "";
    CsvRowReader.Row row = rows.next();
    for (; row != null && errors.size() < MAX_ERRORS; row = rows.next()) {
      if (!isValidRow(row)) {
        continue;
      }
      String named = row.cells().get(orderColumnIndex);
      if (!named.equals(order) && !seen.add(digest(named))) {
        addError(row, "rows of order '" + named + "' must stand together");
      }
      if (seen.size() > MAX_ORDERS) {
        throw new InvalidFileException(
            "line " + row.line() + ": a file of CSV must have at most " + MAX_ORDERS + " orders");
      }
      order = named;
    }
    if (!errors.isEmpty()) {
      throw new InvalidFileException(errors);
    }
    return seen.size();
  }

  private boolean isValidRow(CsvRowReader.Row row) {
    int expected = rows.columns().columns().size();
    if (row.cells().size() != expected) {
      addError(row, "has %d cells instead of %d".formatted(row.cells().size(), expected));
      return false;
    }
    if (row.cells().get(orderColumnIndex).isEmpty()) {
      addError(row, "must say in the column order which order it belongs to");
      return false;
    }
    return true;
  }

  private void addError(CsvRowReader.Row row, String error) {
    errors.add("line %d: %s".formatted(row.line(), error));
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
