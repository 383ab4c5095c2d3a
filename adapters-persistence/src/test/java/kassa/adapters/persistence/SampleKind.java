package kassa.adapters.persistence;

import java.util.SplittableRandom;
import java.util.UUID;
import kassa.contract.SampleOrders;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;

/** Orders that two processes can know of each other by a word and an id. */
enum SampleKind {
  SHORT,
  RICH,
  LONG;

  /** One of them; the long ones are rare, for they take their time. */
  static SampleKind any(SplittableRandom random) {
    return switch (random.nextInt(16)) {
      case 0 -> LONG;
      case 1, 2, 3, 4, 5 -> RICH;
      default -> SHORT;
    };
  }

  NewOrder order(UUID id) {
    NewOrder sample =
        switch (this) {
          case SHORT -> SampleOrders.placedAfter(0);
          case RICH -> SampleOrders.rich();
          case LONG -> SampleOrders.ofMostLines();
        };
    return new NewOrder(
        new OrderId(id), sample.customer(), sample.price(), sample.metadata(), sample.placedAt());
  }

  /** Whether an order is of this kind, whole. */
  boolean matches(Order order) {
    return order(order.id().value()).accepted(order.number()).equals(order);
  }
}
