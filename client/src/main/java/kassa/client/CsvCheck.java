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
final class CsvCheck {

  /** The most orders of a file: each takes some bytes of memory to be told apart. */
  static final int MOST_ORDERS = 10_000_000;

  private static final int MOST_FAULTS = 10;

  private final CsvRows rows;
  private final int nameOfOrder;
  private final List<String> faults = new ArrayList<>();

  CsvCheck(CsvRows rows) {
    this.rows = rows;
    this.nameOfOrder =
        rows.columns().columns().stream()
            .map(CsvColumns.Column::name)
            .toList()
            .indexOf(CsvColumns.ORDER);
  }

  /**
   * Reads to the end.
   *
   * @return how many orders there are
   * @throws UnusableFileException if the file cannot be used; tells the first faults
   */
  long orders() {
    DigestSet seen = new DigestSet();
    String order = "";
    CsvRows.Row row = rows.next();
    for (; row != null && faults.size() < MOST_FAULTS; row = rows.next()) {
      if (!isWhole(row)) {
        continue;
      }
      String named = row.cells().get(nameOfOrder);
      if (!named.equals(order) && !seen.add(digest(named))) {
        fault(row, "rows of order '" + named + "' must stand together");
      }
      if (seen.size() > MOST_ORDERS) {
        throw new UnusableFileException(
            "line " + row.line() + ": a file of CSV must have at most " + MOST_ORDERS + " orders");
      }
      order = named;
    }
    if (!faults.isEmpty()) {
      throw new UnusableFileException(faults);
    }
    return seen.size();
  }

  private boolean isWhole(CsvRows.Row row) {
    int expected = rows.columns().columns().size();
    if (row.cells().size() != expected) {
      fault(row, "has %d cells instead of %d".formatted(row.cells().size(), expected));
      return false;
    }
    if (row.cells().get(nameOfOrder).isEmpty()) {
      fault(row, "must say in the column order which order it belongs to");
      return false;
    }
    return true;
  }

  private void fault(CsvRows.Row row, String fault) {
    faults.add("line %d: %s".formatted(row.line(), fault));
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
