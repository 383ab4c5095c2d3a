package kassa.adapters.http.order;

import kassa.adapters.http.json.JsonNodeInput;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
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
   * @param violations collects the violations
   * @return the reason of the transition; {@code null} if there is none
   */
  public static @Nullable String readReason(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    String reason = fields.optionalText("reason", OrderTransitionRequest::parseReason);
    fields.rejectUnknownFields();
    return reason;
  }

  /**
   * Parses a reason of 1 to {@value ChangeOrderStatus#MAX_REASON_LENGTH} characters.
   *
   * @throws InvalidValueException if it is empty, too long or not plain text
   */
  static String parseReason(String reason) {
    if (reason.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "reason must not be empty");
    }
    return PlainText.multiLine("reason", reason, ChangeOrderStatus.MAX_REASON_LENGTH);
  }
}
