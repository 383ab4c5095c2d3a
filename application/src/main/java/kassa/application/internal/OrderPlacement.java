package kassa.application.internal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.CallOnce;
import kassa.application.port.in.CallOnce.Beginning;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.application.port.out.OrderStore.Submission;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import org.jspecify.annotations.Nullable;

/** Places orders: price, decide, keep. */
public final class OrderPlacement implements PlaceOrder {

  private final OrderStore orders;
  private final CallOnce once;
  private final OrderPricing pricing;
  private final RuleBook rules;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public OrderPlacement(
      OrderStore orders,
      CallOnce once,
      OrderPricing pricing,
      RuleBook rules,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.orders = orders;
    this.once = once;
    this.pricing = pricing;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome place(Command command, @Nullable KeyedCall<Order> call) {
    if (call == null) {
      return placeNow(command, null);
    }
    return switch (once.begin(call.key(), call.request())) {
      case Beginning.Begun begun -> {
        try (begun) {
          Outcome outcome = placeNow(command, call);
          // What is in the way may be what the same call has done on another node.
          yield outcome instanceof Outcome.Placed
              ? outcome
              : begun.keptMeanwhile().map(kept -> repeated(kept, call)).orElse(outcome);
        }
      }
      case Beginning.Done(Answer answer) -> new Outcome.Repeated(answer);
      case Beginning.UnderWay() -> new Outcome.UnderWay();
      case Beginning.OtherRequest() -> new Outcome.OtherRequest();
    };
  }

  private Outcome placeNow(Command command, @Nullable KeyedCall<Order> call) {
    for (int attempt = 0; attempt < OrderPricing.MOST_ATTEMPTS; attempt++) {
      switch (price(command)) {
        case OrderPricing.Result.Refused(Outcome outcome) -> {
          return outcome;
        }
        case OrderPricing.Result.Priced(NewOrder order) -> {
          switch (orders.accept(new Submission(order, call))) {
            case Acceptance.Accepted(Order accepted) -> {
              return new Outcome.Placed(accepted);
            }
            case Acceptance.Repeated(KeptAnswer kept) -> {
              return repeated(kept, requireNonNull(call));
            }
            case Acceptance.Exhausted exhausted -> {
              // It is priced anew: another price may leave out what is exhausted.
            }
          }
        }
      }
    }
    return new Outcome.Contended();
  }

  /** Another node has done the same at the same time. */
  private static Outcome repeated(KeptAnswer kept, KeyedCall<Order> call) {
    return kept.request().equals(call.request())
        ? new Outcome.Repeated(kept.answer())
        : new Outcome.OtherRequest();
  }

  /** Prices an order as of now. */
  OrderPricing.Result price(Command command) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return pricing.price(command, new OrderId(ids.get()), at, rules.current());
  }
}
