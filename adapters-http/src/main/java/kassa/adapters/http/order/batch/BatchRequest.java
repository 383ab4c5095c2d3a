package kassa.adapters.http.order.batch;

import java.util.List;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/orders/batch}: an object with a list of orders.
 *
 * @param orders the orders as they were sent
 * @param atomic whether all orders are placed or none
 */
public record BatchRequest(List<JsonNode> orders, boolean atomic) {

  /** Maximum number of orders of a batch. */
  public static final int MAX_ORDERS = 1_000;

  /** Maximum number of lines of all orders of a batch. */
  public static final int MAX_LINES = 20_000;

  /**
   * Maximum number of lines of all orders of an atomic batch, which is written in one transaction.
   */
  public static final int MAX_ATOMIC_LINES = 5_000;

  /** Copies the list. */
  public BatchRequest {
    orders = List.copyOf(orders);
  }

  /**
   * Reads the body, but not the orders in it: an invalid order does not make the batch invalid.
   *
   * @param violations collects the violations
   * @return the batch; {@code null} if there are violations
   */
  public static @Nullable BatchRequest read(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    List<JsonInput> orders =
        fields.requiredNonEmptyList("orders", MAX_ORDERS, (order, at) -> order);
    Boolean atomic = fields.optionalText("atomicity", BatchRequest::parseAtomicity);
    fields.rejectUnknownFields();
    if (orders != null) {
      boundLines(body.get("orders"), Boolean.TRUE.equals(atomic), violations);
    }
    return orders == null || !violations.isEmpty()
        ? null
        : new BatchRequest(List.copyOf(body.get("orders").values()), Boolean.TRUE.equals(atomic));
  }

  private static void boundLines(JsonNode orders, boolean atomic, Violations violations) {
    int lines = 0;
    for (JsonNode order : orders.values()) {
      lines += order.path("lines").size();
    }
    int maxLines = atomic ? MAX_ATOMIC_LINES : MAX_LINES;
    if (lines > maxLines) {
      violations.addInvalid(
          "/orders",
          Reason.TOO_MANY.code(),
          "the orders of a batch must have at most "
              + maxLines
              + " lines together"
              + (atomic ? " if atomicity is all" : "; send more as a stream of NDJSON"));
    }
  }

  private static Boolean parseAtomicity(String atomicity) {
    return switch (atomicity) {
      case "all" -> true;
      case "each" -> false;
      default ->
          throw new InvalidValueException(Reason.OUT_OF_RANGE, "atomicity must be each or all");
    };
  }
}
