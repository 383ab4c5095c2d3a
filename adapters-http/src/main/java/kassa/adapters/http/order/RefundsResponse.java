package kassa.adapters.http.order;

import java.util.ArrayList;
import java.util.List;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.Refund;

/**
 * Refunds of an order.
 *
 * @param data the refunds, oldest first
 */
public record RefundsResponse(List<RefundResponse> data) {

  /** Converts the refunds of an order to their response, with the running total. */
  public static RefundsResponse of(Order order, List<Refund> refunds) {
    List<RefundResponse> data = new ArrayList<>(refunds.size());
    Money sum = Money.zero(order.price().currency());
    for (Refund refund : refunds) {
      sum = sum.plus(refund.total());
      data.add(RefundResponse.of(refund, refund.version(), order.id(), sum));
    }
    return new RefundsResponse(data);
  }
}
