package kassa.application.port.in.order;

import kassa.application.idempotency.IdempotentRequest;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import org.jspecify.annotations.Nullable;

/** Leads orders through their life. */
public interface ChangeOrderStatus {

  /** The longest reason, in characters. */
  int MAX_REASON_LENGTH = 500;

  /**
   * Moves an order in the name of the caller. One that is cancelled gives back what it took of
   * limits that may be used again.
   *
   * @param request the call that moves it, if that has a key; its answer is kept with the move
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it was
   */
  Outcome changeStatus(Command command, @Nullable IdempotentRequest<Order> request);

  /** Moves an order as above, for a call without a key. */
  default Outcome changeStatus(Command command) {
    return changeStatus(command, null);
  }

  /**
   * What is to be done.
   *
   * @param id the order
   * @param version the version that the sender knows
   * @param transition what is done
   * @param reason why, if somebody says; 1 to {@value #MAX_REASON_LENGTH} characters
   */
  record Command(OrderId id, int version, OrderTransition transition, @Nullable String reason) {}

  /** What came of it. */
  sealed interface Outcome {

    /**
     * It was done.
     *
     * @param order the order as it is now
     */
    record Changed(Order order) implements Outcome {}

    /** There is no such order. */
    record NotFound() implements Outcome {}

    /** Somebody else changed the order before. */
    record VersionConflict() implements Outcome {}

    /**
     * The order's status does not allow it.
     *
     * @param status its status
     */
    record StatusForbids(OrderStatus status) implements Outcome {}

    /** There is an answer under the key of the call already; nothing was done. */
    record KeyTaken() implements Outcome {}
  }
}
