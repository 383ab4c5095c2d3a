package kassa.adapters.http.order.batch;

import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/orders/batch}: an object with a list of orders, or the bare list,
 * which means the same.
 *
 * @param orders the orders as they were sent
 * @param atomic whether all of them are to be placed, or none
 */
public record BatchRequest(List<JsonNode> orders, boolean atomic) {

  /** The most orders of a batch. */
  public static final int MAX_ORDERS = 1_000;

  /** Copies the list. */
  public BatchRequest {
    orders = List.copyOf(orders);
  }

  /**
   * Reads the body, but not the orders in it: what is wrong with one is no fault of the batch.
   *
   * @param faults takes what is wrong
   * @return the batch; {@code null} if anything is wrong
   */
  public static @Nullable BatchRequest read(JsonNode body, Faults faults) {
    if (body.isArray()) {
      List<JsonNode> orders =
          JsonFields.elements(body, "orders", "", MAX_ORDERS, (order, at) -> order, faults);
      return orders == null ? null : new BatchRequest(orders, false);
    }
    JsonFields fields = new JsonFields(body, "", faults);
    List<JsonNode> orders = fields.requiredList("orders", MAX_ORDERS, (order, at) -> order);
    Boolean together = fields.optionalText("atomicity", BatchRequest::parseAtomicity);
    fields.refuseOthers();
    return orders == null || !faults.isEmpty()
        ? null
        : new BatchRequest(orders, Boolean.TRUE.equals(together));
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
