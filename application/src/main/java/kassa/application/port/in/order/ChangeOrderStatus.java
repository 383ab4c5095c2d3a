package kassa.application.port.in.order;

import kassa.application.idempotency.Recording;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import org.jspecify.annotations.Nullable;

/** Changes the status of orders, for example cancels them. */
public interface ChangeOrderStatus {

  /** Maximum length of a reason, in characters. */
  int MAX_REASON_LENGTH = 500;

  /**
   * Changes the status of an order. The caller is recorded as the actor. A cancelled order releases
   * its usage of reusable limits.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether the
   *     status was changed
   */
  Outcome changeStatus(Command command);

  /** Returns this use case with an idempotency record of each change, the changed order. */
  ChangeOrderStatus recording(Recording<Order> recording);

  /**
   * Command to change the status of an order.
   *
   * @param id the id of the order
   * @param version the version of the order that the caller has read
   * @param transition the status transition
   * @param reason the reason, or {@code null}; 1 to {@value #MAX_REASON_LENGTH} characters
   */
  record Command(OrderId id, int version, OrderTransition transition, @Nullable String reason) {}

  /** Outcome of a status change. */
  sealed interface Outcome {

    /**
     * The status was changed.
     *
     * @param order the order after the transition
     */
    record Changed(Order order) implements Outcome {}

    /** No such order exists. */
    record NotFound() implements Outcome {}

    /** The order has another version than the command: it was changed concurrently. */
    record VersionConflict() implements Outcome {}

    /**
     * The current status does not allow the transition.
     *
     * @param status the current status
     */
    record StatusForbids(OrderStatus status) implements Outcome {}
  }
}
