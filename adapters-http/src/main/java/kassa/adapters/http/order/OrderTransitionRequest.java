package kassa.adapters.http.order;

import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/orders/{id}/pay}, {@code /ship}, {@code /complete}, {@code /cancel}.
 */
public final class OrderTransitionRequest {

  private OrderTransitionRequest() {}

  /**
   * Reads the reason.
   *
   * @param faults takes all that is wrong with the body
   * @return why the order is moved; {@code null} if nobody says
   */
  public static @Nullable String readReason(JsonNode body, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    String reason = fields.optionalText("reason", OrderTransitionRequest::parseReason);
    fields.refuseOthers();
    return reason;
  }

  /**
   * A reason of 1 to {@value ChangeOrderStatus#MAX_REASON_LENGTH} characters.
   *
   * @throws InvalidValueException if it is none
   */
  static String parseReason(String reason) {
    if (reason.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "reason must not be empty");
    }
    return PlainText.multiLine("reason", reason, ChangeOrderStatus.MAX_REASON_LENGTH);
  }
}
