package kassa.adapters.http;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Request bodies of orders, batches and products. */
public final class OrderBodies {

  /** A valid order. */
  public static final String VALID_ORDER = order("USD", line("MUG", "1", "100.00"));

  /** A valid product with the sku MUG. */
  public static final String PRODUCT = product("MUG", "12.50");

  private static final Map<String, String> LINE_FIELDS =
      Map.of("sku", "\"MUG\"", "quantity", "1", "unitPrice", "\"100.00\"");

  private OrderBodies() {}

  public static String order(String currency, String... lines) {
    return """
    {"currency": "%s", "lines": [%s]}\
    """
        .formatted(currency, String.join(", ", lines));
  }

  /**
   * Returns the JSON of a line.
   *
   * @param quantity the JSON text of the quantity: {@code 2} or {@code "2"}
   */
  public static String line(String sku, String quantity, String unitPrice) {
    return """
    {"sku": "%s", "quantity": %s, "unitPrice": "%s"}\
    """
        .formatted(sku, quantity, unitPrice);
  }

  /**
   * Returns an order with customer id, metadata and one line. One field, of the order or of the
   * line, has the given value.
   *
   * @param value the JSON text of the value
   */
  public static String orderWith(String field, String value) {
    Map<String, String> line = new LinkedHashMap<>(LINE_FIELDS);
    line.replace(field, value);
    Map<String, String> order = new LinkedHashMap<>();
    order.put("currency", "\"USD\"");
    order.put("customerId", "\"c-4711\"");
    order.put("metadata", "{\"till\": \"7\"}");
    order.put("lines", "[" + object(line) + "]");
    if (!LINE_FIELDS.containsKey(field)) {
      order.put(field, value);
    }
    return object(order);
  }

  /** Returns the JSON pointer of a field that {@link #orderWith} sets. */
  public static String pointerTo(String field) {
    return (LINE_FIELDS.containsKey(field) ? "/lines/0/" : "/") + field;
  }

  public static String product(String sku, String unitPrice) {
    return """
    {"sku": "%s", "name": "Mug", "unitPrice": "%s", "currency": "USD"}\
    """
        .formatted(sku, unitPrice);
  }

  /**
   * Returns a product with the sku MUG and all optional fields. One field has the given value.
   *
   * @param value the JSON text of the value
   */
  public static String productWith(String field, String value) {
    Map<String, String> product = new LinkedHashMap<>();
    product.put("sku", "\"MUG\"");
    product.put("name", "\"Mug, red\"");
    product.put("unitPrice", "\"12.50\"");
    product.put("currency", "\"USD\"");
    product.put("tags", "[\"mug\", \"kitchen\", \"mug\"]");
    product.put("listPrice", "\"15\"");
    product.put("minUnitPrice", "\"9.990\"");
    product.put("taxRate", "\"19.0\"");
    product.put("active", "false");
    product.put(field, value);
    return object(product);
  }

  public static String batch(String... orders) {
    return """
    {"orders": [%s]}\
    """
        .formatted(String.join(", ", orders));
  }

  /** Repeats an element, separated by commas, as the content of a JSON array. */
  public static String repeated(int count, String element) {
    return IntStream.range(0, count).mapToObj(i -> element).collect(joining(","));
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
        .collect(joining(", ", "{", "}"));
  }
}
