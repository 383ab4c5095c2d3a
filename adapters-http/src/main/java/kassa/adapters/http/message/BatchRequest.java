package kassa.adapters.http.message;

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
 */
public final class BatchRequest {

  /** The most orders of a batch. */
  public static final int MOST_ORDERS = 1_000;

  private BatchRequest() {}

  /**
   * Reads the body, but not the orders in it: what is wrong with one is no fault of the batch.
   *
   * @param faults takes what is wrong
   * @return the orders as they were sent; {@code null} if anything is wrong
   */
  public static @Nullable List<JsonNode> read(JsonNode body, Faults faults) {
    if (body.isArray()) {
      return JsonFields.elements(body, "orders", "", MOST_ORDERS, (order, at) -> order, faults);
    }
    JsonFields fields = new JsonFields(body, "", faults);
    List<JsonNode> orders = fields.requiredList("orders", MOST_ORDERS, (order, at) -> order);
    fields.optionalText("atomicity", BatchRequest::each);
    fields.refuseOthers();
    return faults.isEmpty() ? orders : null;
  }

  private static String each(String atomicity) {
    if (!atomicity.equals("each")) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "atomicity must be each");
    }
    return atomicity;
  }
}
