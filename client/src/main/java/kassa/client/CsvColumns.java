package kassa.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Columns of a CSV file and the JSON fields that they set. An order column has the same value, or
 * no value, in all rows of an order. A line column belongs to the order line of its row.
 *
 * @param columns the columns in the order of the file
 */
record CsvColumns(List<Column> columns) {

  /** Name of the column with the key of the order; rows of one order are adjacent. */
  static final String ORDER = "order";

  private static final List<String> REQUIRED = List.of(ORDER, "currency", "sku", "quantity");
  private static final String METADATA = "metadata.";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<String, Column> ORDER_COLUMNS =
      byName(
          new Column(ORDER, "/key", true, JSON::stringNode),
          new Column("currency", "/currency", true, JSON::stringNode),
          new Column("customerId", "/customerId", true, JSON::stringNode),
          new Column("customerGroup", "/customer/group", true, JSON::stringNode),
          new Column("customerOrderCount", "/customer/orderCount", true, CsvColumns::parseInteger),
          new Column("placedAt", "/placedAt", true, JSON::stringNode),
          new Column("channel", "/channel", true, JSON::stringNode),
          new Column("codes", "/codes", true, CsvColumns::parseList),
          new Column("shippingAmount", "/shipping/amount", true, JSON::stringNode),
          new Column("shippingMethod", "/shipping/method", true, JSON::stringNode),
          new Column("shippingTaxRate", "/shipping/taxRate", true, JSON::stringNode),
          new Column("pricesIncludeTax", "/pricesIncludeTax", true, CsvColumns::parseBoolean),
          new Column("expectedTotal", "/expectedTotal", true, JSON::stringNode),
          new Column("onInvalidCode", "/onInvalidCode", true, JSON::stringNode));

  private static final Map<String, Column> LINE_COLUMNS =
      byName(
          new Column("sku", "/sku", false, JSON::stringNode),
          new Column("quantity", "/quantity", false, JSON::stringNode),
          new Column("unitPrice", "/unitPrice", false, JSON::stringNode),
          new Column("tags", "/tags", false, CsvColumns::parseList),
          new Column("listPrice", "/listPrice", false, JSON::stringNode),
          new Column("onSale", "/onSale", false, CsvColumns::parseBoolean),
          new Column("minUnitPrice", "/minUnitPrice", false, JSON::stringNode),
          new Column("taxRate", "/taxRate", false, JSON::stringNode));

  CsvColumns {
    columns = List.copyOf(columns);
  }

  /**
   * Column.
   *
   * @param name the name, in the case of the documentation
   * @param jsonPointer JSON pointer to the field of the order or of the line
   * @param isOrderLevel whether it is an order column
   * @param toJson converts a cell that is not empty; an invalid value becomes a text that the
   *     server rejects
   */
  record Column(
      String name, String jsonPointer, boolean isOrderLevel, Function<String, JsonNode> toJson) {}

  /**
   * Parses the first row. The case of the names does not matter, except in the keys of metadata.
   *
   * @param line the number of its line, from 1
   * @throws InvalidFileException if a column is unknown, duplicate or missing; reports all errors
   */
  static CsvColumns of(List<String> names, int line) {
    List<String> errors = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      Column column = column(name);
      if (column == null) {
        errors.add(
            "unknown column '%s'; the columns are %s"
                .formatted(TerminalText.name(name), describeKnownColumns()));
      } else if (!seen.add(column.name())) {
        errors.add("duplicate column %s".formatted(TerminalText.name(column.name())));
      } else {
        columns.add(column);
      }
    }
    REQUIRED.stream()
        .filter(name -> !seen.contains(name))
        .forEach(name -> errors.add("missing column %s".formatted(name)));
    if (!errors.isEmpty()) {
      throw new InvalidFileException(
          errors.stream().map(error -> "line " + line + ": " + error).toList());
    }
    return new CsvColumns(columns);
  }

  private static @Nullable Column column(String name) {
    if (name.regionMatches(true, 0, METADATA, 0, METADATA.length())
        && name.length() > METADATA.length()) {
      String key = name.substring(METADATA.length());
      String pointer = "/metadata/" + key.replace("~", "~0").replace("/", "~1");
      return new Column(METADATA + key, pointer, true, JSON::stringNode);
    }
    return Stream.of(ORDER_COLUMNS, LINE_COLUMNS)
        .flatMap(columns -> columns.values().stream())
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  private static String describeKnownColumns() {
    return Stream.of(ORDER_COLUMNS, LINE_COLUMNS)
        .flatMap(columns -> columns.keySet().stream())
        .sorted()
        .collect(Collectors.joining(", ", "", " and metadata.NAME"));
  }

  private static Map<String, Column> byName(Column... columns) {
    return Arrays.stream(columns).collect(Collectors.toMap(Column::name, Function.identity()));
  }

  private static JsonNode parseList(String cell) {
    return JSON.arrayNode()
        .addAll(
            Arrays.stream(cell.split("\\|", -1))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .map(element -> (JsonNode) JSON.stringNode(element))
                .toList());
  }

  private static JsonNode parseBoolean(String cell) {
    return switch (cell) {
      case "true", "false" -> JSON.booleanNode(cell.equals("true"));
      default -> JSON.stringNode(cell);
    };
  }

  private static JsonNode parseInteger(String cell) {
    return cell.matches("[0-9]{1,18}")
        ? JSON.numberNode(Long.parseLong(cell))
        : JSON.stringNode(cell);
  }
}
