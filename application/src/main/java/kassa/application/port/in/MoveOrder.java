package kassa.application.port.in;

import kassa.application.idempotency.KeyedCall;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderStatus;
import org.jspecify.annotations.Nullable;

/** Leads orders through their life. */
public interface MoveOrder {

  /** The longest reason, in characters. */
  int LONGEST_REASON = 500;

  /**
   * Moves an order in the name of the caller. One that is cancelled gives back what it took of
   * limits that may be used again.
   *
   * @param call the call that moves it, if that has a key; its answer is kept with the move
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it was
   */
  Outcome move(Command command, @Nullable KeyedCall<Order> call);

  /** Moves an order as above, for a call without a key. */
  default Outcome move(Command command) {
    return move(command, null);
  }

  /**
   * What is to be done.
   *
   * @param id the order
   * @param version the version that the sender knows
   * @param move what is done
   * @param reason why, if somebody says; 1 to {@value #LONGEST_REASON} characters
   */
  record Command(OrderId id, int version, OrderMove move, @Nullable String reason) {}

  /** What came of it. */
  sealed interface Outcome {

    /**
     * It was done.
     *
     * @param order the order as it is now
     */
    record Moved(Order order) implements Outcome {}

    /** There is no such order. */
    record Absent() implements Outcome {}

    /** Somebody else changed the order before. */
    record Stale() implements Outcome {}

    /**
     * The order's status does not allow it.
     *
     * @param status its status
     */
    record NotAllowed(OrderStatus status) implements Outcome {}

    /** There is an answer under the key of the call already; nothing was done. */
    record KeyTaken() implements Outcome {}
  }
}
