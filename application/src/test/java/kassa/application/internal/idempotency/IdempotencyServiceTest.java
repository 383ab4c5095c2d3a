package kassa.application.internal.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import kassa.application.fixture.SettableClock;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RequestFingerprint.Difference;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.idempotency.RunIdempotently.Start;
import kassa.application.idempotency.StoredResponse;
import kassa.application.internal.order.AtomicBatchPlacement;
import kassa.application.internal.order.PlaceOrderCommands;
import kassa.application.internal.order.PlaceOrderService;
import kassa.application.internal.order.PlaceOrderServices;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.order.Order;
import kassa.domain.order.OrderStatus;
import kassa.domain.rule.Code;
import org.junit.jupiter.api.Test;

class IdempotencyServiceTest {

  private static final IdempotencyKey KEY =
      new IdempotencyKey(IdempotencyKey.ANONYMOUS_CALLER, "k");
  private static final StoredResponse RESPONSE = new StoredResponse(200, null, null, "done");

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final IdempotencyService idempotency =
      new IdempotencyService(stores.idempotency(), clock);
  private final IdempotencyService otherNode = new IdempotencyService(stores.idempotency(), clock);

  @Test
  void one_request_per_key_is_in_progress() {
    Start.Started started = started(idempotency.start(KEY, "request"));

    assertThat(idempotency.start(KEY, "request")).isEqualTo(new Start.InProgress());
    assertThat(idempotency.start(KEY, "other")).isEqualTo(new Start.KeyReused(Difference.PATH));
    started(idempotency.start(new IdempotencyKey("other-caller", "k"), "other"));

    started.close();
    started(idempotency.start(KEY, "other"));
  }

  @Test
  void stored_response_is_replayed_on_every_node() {
    stores.idempotency().store(new IdempotencyRecord(KEY, "request", RESPONSE), clock.instant());

    for (IdempotencyService node : new IdempotencyService[] {idempotency, otherNode}) {
      assertThat(node.start(KEY, "request")).isEqualTo(new Start.Replayed(RESPONSE));
      assertThat(node.start(KEY, "other")).isEqualTo(new Start.KeyReused(Difference.PATH));
    }
  }

  @Test
  void store_outage_leaves_no_request_in_progress() {
    stores.makeUnavailable();
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> idempotency.start(KEY, "request"));
    stores.makeAvailable();

    started(idempotency.start(KEY, "request"));
  }

  @Test
  void records_are_purged_after_two_days() {
    stores.idempotency().store(new IdempotencyRecord(KEY, "request", RESPONSE), clock.instant());

    clock.advance(Duration.ofDays(2));
    assertThat(otherNode.purgeExpired()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(otherNode.purgeExpired()).isEqualTo(1);

    started(otherNode.start(KEY, "other"));
  }

  @Test
  void order_is_placed_once_across_two_nodes() {
    PlaceOrderService here =
        PlaceOrderServices.create(stores, clock, () -> SampleOrders.nextId().value());
    PlaceOrderService there =
        PlaceOrderServices.create(stores, clock, () -> SampleOrders.nextId().value());
    IdempotentRequest<Order> request =
        new IdempotentRequest<>(
            KEY, "request", order -> new StoredResponse(201, null, null, order.id().toString()));

    Order placed =
        PlaceOrderServices.placed(here.place(PlaceOrderCommands.tenMugsFor("c-1"), request));

    assertThat(there.place(PlaceOrderCommands.tenMugsFor("c-1"), request))
        .isEqualTo(
            new Outcome.Replayed(new StoredResponse(201, null, null, placed.id().toString())));
    assertThat(
            there.place(
                PlaceOrderCommands.tenMugsFor("c-1"),
                new IdempotentRequest<>(KEY, "x", request.responseOf())))
        .isEqualTo(new Outcome.KeyReused(Difference.PATH));
    assertThat(stores.orders().listNewestFirst(null, 10)).containsExactly(placed);
  }

  @Test
  void rejected_order_is_replayed_if_another_node_placed_it() {
    SampleRules.insertActive(
        stores.rules(),
        SampleRules.percentOff("50", "code", "ONCE", "limits", SampleRules.fields("total", 1)));
    PlaceOrder.Command command = PlaceOrderCommands.tenMugsWith(new Code("ONCE"));
    Outcome replayed = new Outcome.Replayed(RESPONSE);

    for (String text : List.of("alone", "together")) {
      IdempotencyKey key = new IdempotencyKey(IdempotencyKey.ANONYMOUS_CALLER, text);
      IdempotentRequest<Order> request = new IdempotentRequest<>(key, "request", order -> RESPONSE);
      PlaceOrderService there =
          PlaceOrderServices.create(stores, clock, () -> SampleOrders.nextId().value());
      RunIdempotently late = conflicting(() -> there.place(command, request));
      PlaceOrderService here =
          PlaceOrderServices.create(stores, late, clock, () -> SampleOrders.nextId().value());

      if (text.equals("alone")) {
        assertThat(here.place(command, request)).isEqualTo(replayed);
      } else {
        assertThat(
                new AtomicBatchPlacement(stores.orders(), late, here, Duration.ZERO)
                    .place(List.of(new PlaceOrderBatch.Submission(command, request))))
            .containsExactly(new PlaceOrderBatch.Result.Processed(replayed));
      }
      stores.orders().listNewestFirst(null, 10).stream()
          .filter(order -> order.status() == OrderStatus.PLACED)
          .forEach(
              order -> SampleOrderChanges.cancel(stores.orders(), order.id(), clock.instant()));
    }
    assertThat(stores.orders().listNewestFirst(null, 10)).hasSize(2);
  }

  /** Simulates a concurrent change after a request was started. */
  private RunIdempotently conflicting(Runnable concurrentChange) {
    return new RunIdempotently() {
      @Override
      public Start start(IdempotencyKey key, String request) {
        Start result = idempotency.start(key, request);
        concurrentChange.run();
        return result;
      }

      @Override
      public Start startWhenFree(IdempotencyKey key, String request, Duration maxWait) {
        return start(key, request);
      }

      @Override
      public int purgeExpired() {
        return idempotency.purgeExpired();
      }
    };
  }

  private static Start.Started started(Start result) {
    assertThat(result).isInstanceOf(Start.Started.class);
    return (Start.Started) result;
  }
}
