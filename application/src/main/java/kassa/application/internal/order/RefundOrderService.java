package kassa.application.internal.order;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.order.RefundOrder;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;

/**
 * Refunds orders with optimistic locking: decides on the current order and its refunds, and retries
 * after a concurrent change.
 */
public final class RefundOrderService implements RefundOrder {

  /**
   * Maximum number of attempts. Each failed attempt means that a concurrent change of the same
   * order succeeded.
   */
  private static final int MAX_ATTEMPTS = 100;

  private final OrderStore orders;
  private final InstantSource clock;
  private final String actor;
  private final Recording<Outcome.Refunded> recording;

  /**
   * @param actor the caller's name, recorded as the actor of the refund
   * @param recording records each refund
   */
  public RefundOrderService(
      OrderStore orders, InstantSource clock, String actor, Recording<Outcome.Refunded> recording) {
    this.orders = orders;
    this.clock = clock;
    this.actor = actor;
    this.recording = recording;
  }

  @Override
  public RefundOrder recording(Recording<Outcome.Refunded> other) {
    return new RefundOrderService(orders, clock, actor, other);
  }

  @Override
  public Outcome refund(Command command) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Outcome outcome = attempt(command, this::store);
      if (!(outcome instanceof Outcome.ConcurrentModification)) {
        return outcome;
      }
    }
    return new Outcome.ConcurrentModification();
  }

  @Override
  public Outcome preview(Command command) {
    return attempt(command, RefundOrderService::refunded);
  }

  private Outcome attempt(Command command, Function<Decision.Granted, Outcome> onGranted) {
    Order order = orders.find(command.id()).orElse(null);
    if (order == null) {
      return new Outcome.NotFound();
    }
    if (command.version() != null && command.version() != order.version()) {
      return new Outcome.VersionConflict();
    }
    // The refunds are read after the order, so that none of its refunds is missing.
    List<Refund> refunds = orders.refunds(order.id());
    return switch (RefundedOrder.of(order, refunds)
        .refund(command.request(), clock.instant(), actor)) {
      case Decision.Granted granted -> onGranted.apply(granted);
      case Decision.Refused reason -> new Outcome.Refused(reason);
    };
  }

  private Outcome store(Decision.Granted granted) {
    Outcome.Refunded refunded = refunded(granted);
    return orders.change(granted.change(), recording.of(refunded, granted.refund().at()))
        ? refunded
        : new Outcome.ConcurrentModification();
  }

  private static Outcome.Refunded refunded(Decision.Granted granted) {
    return new Outcome.Refunded(granted.refund(), granted.change().after());
  }
}
