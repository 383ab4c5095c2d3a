package kassa.client;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads orders from CSV: adjacent rows with the same key form one order. Not thread-safe. */
final class CsvOrderReader implements FileOrderReader {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final CsvRowReader rows;
  private final List<CsvColumns.Column> columns;
  private CsvRowReader.@Nullable Row nextRow;

  CsvOrderReader(CsvRowReader rows) throws IOException {
    this.rows = rows;
    this.columns = rows.columns().columns();
    this.nextRow = rows.next();
  }

  @Override
  public @Nullable FileOrder next() throws IOException {
    if (nextRow == null) {
      return null;
    }
    OrderBuilder order = new OrderBuilder(nextRow.line(), orderNameOf(nextRow));
    while (nextRow != null && orderNameOf(nextRow).equals(order.name)) {
      order.add(nextRow);
      nextRow = rows.next();
    }
    return order.build();
  }

  private String orderNameOf(CsvRowReader.Row row) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(CsvColumns.ORDER)) {
        return row.cells().get(i);
      }
    }
    throw new IllegalStateException("the column order is required");
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }

  /** Builds one order from its rows. */
  private final class OrderBuilder {

    private final int line;
    private final String name;
    private final ObjectNode order = JSON.createObjectNode();
    private final ArrayNode items = JSON.createArrayNode();
    private final Map<String, CsvRowReader.Row> firstRowByColumn = new HashMap<>();
    private long characters;
    private @Nullable ProblemDetail problem;

    private OrderBuilder(int line, String name) {
      this.line = line;
      this.name = name;
    }

    private void add(CsvRowReader.Row row) {
      characters += row.cells().stream().mapToLong(String::length).sum();
      if (characters > OrderFile.MAX_ORDER_BYTES) {
        problem = tooLarge();
      }
      if (problem != null) {
        return;
      }
      ObjectNode item = items.addObject();
      for (int i = 0; i < columns.size() && problem == null; i++) {
        String cell = row.cells().get(i);
        if (!cell.isEmpty()) {
          setField(columns.get(i), cell, row, item);
        }
      }
    }

    private void setField(
        CsvColumns.Column column, String cell, CsvRowReader.Row row, ObjectNode item) {
      JsonNode value = column.toJson().apply(cell);
      if (!column.isOrderLevel()) {
        put(item, column.jsonPointer(), value);
        return;
      }
      CsvRowReader.Row before = firstRowByColumn.putIfAbsent(column.name(), row);
      if (before == null) {
        put(order, column.jsonPointer(), value);
      } else if (!order.at(column.jsonPointer()).equals(value)) {
        problem =
            ProblemDetail.of(
                ProblemDetail.CONFLICTING_ROWS,
                "Lines %s and %s have different values of %s."
                    .formatted(row.line(), before.line(), TerminalText.name(column.name())));
      }
    }

    private static void put(ObjectNode root, String field, JsonNode value) {
      JsonPointer pointer = JsonPointer.compile(field);
      ObjectNode parent = root.withObject(pointer.head());
      parent.set(pointer.last().getMatchingProperty(), value);
    }

    private FileOrder build() {
      if (problem == null) {
        order.set("lines", items);
        String json = JSON.writeValueAsString(order);
        if (json.length() <= OrderFile.MAX_ORDER_BYTES) {
          return new FileOrder.Valid(line, name, json);
        }
        problem = tooLarge();
      }
      return new FileOrder.Invalid(line, name, problem);
    }

    private static ProblemDetail tooLarge() {
      return ProblemDetail.of(
          ProblemDetail.TOO_LARGE,
          "An order must have at most " + OrderFile.MAX_ORDER_BYTES + " bytes.");
    }
  }
}
