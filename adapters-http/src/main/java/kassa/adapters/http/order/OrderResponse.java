package kassa.adapters.http.order;

import java.util.List;
import kassa.domain.order.Order;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * Order in a response: amounts as decimal strings in the currency of the order, times in UTC.
 *
 * @param trace outcome of each rule when the order was priced; {@code null} to omit it
 */
@JsonSerialize(using = OrderJson.class)
public record OrderResponse(Order order, @Nullable List<RuleTrace> trace) {

  /** An order without trace. */
  public static OrderResponse of(Order order) {
    return new OrderResponse(order, null);
  }
}
