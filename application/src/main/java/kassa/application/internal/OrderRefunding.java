package kassa.application.internal;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.RefundOrder;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.Refund;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import org.jspecify.annotations.Nullable;

/** Gives money back: decides on the order as it is, and begins again if another was quicker. */
public final class OrderRefunding implements RefundOrder {

  /** Each attempt that fails means that another change of the same order was made. */
  private static final int MOST_ATTEMPTS = 100;

  private final OrderStore orders;
  private final InstantSource clock;
  private final String actor;

  /**
   * @param actor in whose name
   */
  public OrderRefunding(OrderStore orders, InstantSource clock, String actor) {
    this.orders = orders;
    this.clock = clock;
    this.actor = actor;
  }

  @Override
  public Outcome refund(Command command, @Nullable KeyedCall<Outcome.Refunded> call) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Outcome outcome = attempt(command, granted -> keep(granted, call));
      if (!(outcome instanceof Outcome.Contended)) {
        return outcome;
      }
    }
    return new Outcome.Contended();
  }

  @Override
  public Outcome tryOut(Command command) {
    return attempt(command, OrderRefunding::refunded);
  }

  private Outcome attempt(Command command, Function<Decision.Granted, Outcome> granting) {
    Order order = orders.find(command.id()).orElse(null);
    if (order == null) {
      return new Outcome.Absent();
    }
    if (command.version() != null && command.version() != order.version()) {
      return new Outcome.Stale();
    }
    // Read behind the order, so that none of its refunds is missing.
    List<Refund> refunds = orders.refunds(order.id());
    return switch (RefundedOrder.of(order, refunds)
        .refund(command.request(), clock.instant().truncatedTo(ChronoUnit.MICROS), actor)) {
      case Decision.Granted granted -> granting.apply(granted);
      case Decision.NotOrdered notOrdered -> new Outcome.NotOrdered(notOrdered.skus());
      case Decision.Exceeds exceeds -> new Outcome.Exceeds(exceeds.excess(), exceeds.left());
      case Decision.TooMany() -> new Outcome.TooMany();
    };
  }

  private Outcome keep(Decision.Granted granted, @Nullable KeyedCall<Outcome.Refunded> call) {
    Outcome.Refunded refunded = refunded(granted);
    return switch (orders.change(granted.change(), call == null ? null : call.keep(refunded))) {
      case MADE -> refunded;
      case OVERTAKEN -> new Outcome.Contended();
      case KEY_TAKEN -> new Outcome.KeyTaken();
    };
  }

  private static Outcome.Refunded refunded(Decision.Granted granted) {
    return new Outcome.Refunded(granted.refund(), granted.change().after());
  }
}
