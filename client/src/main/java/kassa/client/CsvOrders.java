package kassa.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders of CSV: rows that stand together and name the same order are its lines. */
final class CsvOrders implements Submissions {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final CsvRows rows;
  private final List<CsvColumns.Column> columns;
  private CsvRows.@Nullable Row ahead;

  CsvOrders(CsvRows rows) {
    this.rows = rows;
    this.columns = rows.columns().columns();
    this.ahead = rows.next();
  }

  @Override
  public @Nullable Submission next() {
    if (ahead == null) {
      return null;
    }
    Rows order = new Rows(ahead.line(), nameOf(ahead));
    while (ahead != null && nameOf(ahead).equals(order.name)) {
      order.add(ahead);
      ahead = rows.next();
    }
    return order.submission();
  }

  private String nameOf(CsvRows.Row row) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(CsvColumns.ORDER)) {
        return row.cells().get(i);
      }
    }
    throw new IllegalStateException("every file has that column");
  }

  @Override
  public void close() {
    rows.close();
  }

  /** The rows of one order. */
  private final class Rows {

    private final int line;
    private final String name;
    private final ObjectNode order = JSON.createObjectNode();
    private final ArrayNode items = JSON.createArrayNode();
    private final Map<String, CsvRows.Row> saidIn = new HashMap<>();
    private long characters;
    private @Nullable Problem problem;

    private Rows(int line, String name) {
      this.line = line;
      this.name = name;
    }

    private void add(CsvRows.Row row) {
      characters += row.cells().stream().mapToLong(String::length).sum();
      if (characters > OrderFile.LARGEST_ORDER) {
        problem = tooLarge();
      }
      if (problem != null) {
        return;
      }
      ObjectNode item = items.addObject();
      for (int i = 0; i < columns.size() && problem == null; i++) {
        String cell = row.cells().get(i);
        if (!cell.isEmpty()) {
          say(columns.get(i), cell, row, item);
        }
      }
    }

    private void say(CsvColumns.Column column, String cell, CsvRows.Row row, ObjectNode item) {
      JsonNode value = column.value().apply(cell);
      if (!column.ofOrder()) {
        put(item, column.field(), value);
        return;
      }
      CsvRows.Row before = saidIn.putIfAbsent(column.name(), row);
      if (before == null) {
        put(order, column.field(), value);
      } else if (!order.at(column.field()).equals(value)) {
        problem =
            Problem.of(
                Problem.CONTRADICTING_ROWS,
                "Line %d says another %s than line %d."
                    .formatted(row.line(), column.name(), before.line()));
      }
    }

    private static void put(ObjectNode root, String field, JsonNode value) {
      JsonPointer pointer = JsonPointer.compile(field);
      ObjectNode parent = root.withObject(pointer.head());
      parent.set(pointer.last().getMatchingProperty(), value);
    }

    private Submission submission() {
      if (problem == null) {
        order.set("lines", items);
        String json = JSON.writeValueAsString(order);
        if (json.length() <= OrderFile.LARGEST_ORDER) {
          return new Submission.Sendable(line, name, json);
        }
        problem = tooLarge();
      }
      return new Submission.Unsendable(line, name, problem);
    }

    private static Problem tooLarge() {
      return Problem.of(
          Problem.TOO_LARGE, "An order must have at most " + OrderFile.LARGEST_ORDER + " bytes.");
    }
  }
}
