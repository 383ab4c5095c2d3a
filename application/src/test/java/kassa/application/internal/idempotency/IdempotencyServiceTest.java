package kassa.application.internal.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kassa.application.fixture.SettableClock;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RequestFingerprint.Difference;
import kassa.application.internal.order.AtomicBatchPlacement;
import kassa.application.internal.order.IdempotentPlaceOrder;
import kassa.application.internal.order.PlaceOrderCommands;
import kassa.application.internal.order.PlaceOrderService;
import kassa.application.internal.order.PlaceOrderServices;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.telemetry.Telemetry;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.order.Order;
import kassa.domain.order.OrderStatus;
import kassa.domain.rule.Code;
import org.junit.jupiter.api.Test;

class IdempotencyServiceTest {

  private static final IdempotentRequest REQUEST = PlaceOrderCommands.request("k", "request");
  private static final IdempotentRequest OTHER = PlaceOrderCommands.request("k", "other");
  private static final Execution<String> DONE = new Execution.Completed<>("done", false);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final IdempotencyService idempotency =
      new IdempotencyService(stores.idempotency(), clock);
  private final IdempotencyService otherNode = new IdempotencyService(stores.idempotency(), clock);

  @Test
  void one_request_per_key_is_in_progress() {
    Execution<String> outer =
        idempotency.run(
            REQUEST,
            () -> {
              assertThat(run(idempotency, REQUEST)).isEqualTo(new Execution.InProgress<>());
              assertThat(run(idempotency, OTHER))
                  .isEqualTo(new Execution.KeyReused<>(Difference.PATH));
              assertThat(run(idempotency, PlaceOrderCommands.request("other-key", "request")))
                  .isEqualTo(DONE);
              return "done";
            },
            "done"::equals);

    assertThat(outer).isEqualTo(DONE);
    assertThat(run(idempotency, OTHER)).isEqualTo(DONE);
  }

  @Test
  void request_that_throws_is_not_in_progress_any_more() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            idempotency.run(
                REQUEST,
                () -> {
                  throw new IllegalStateException("simulated");
                },
                any -> true));

    assertThat(run(idempotency, REQUEST)).isEqualTo(DONE);
  }

  @Test
  void stored_response_is_replayed_on_every_node() {
    storeResponse(REQUEST, "response");

    for (IdempotencyService node : List.of(idempotency, otherNode)) {
      assertThat(change(node, REQUEST)).isEqualTo(new Execution.StoredResponse<>("response"));
      assertThat(change(node, OTHER)).isEqualTo(new Execution.KeyReused<>(Difference.PATH));
    }
  }

  @Test
  void response_that_another_node_stored_meanwhile_replaces_a_refusal_and_a_taken_key() {
    for (boolean isRefused : new boolean[] {true, false}) {
      IdempotentRequest request = PlaceOrderCommands.request("k" + isRefused, "request");

      Execution<String> execution =
          idempotency.run(
              request,
              () -> {
                storeResponse(request, "response");
                if (isRefused) {
                  return "refused";
                }
                throw new IdempotencyKeyTakenException();
              },
              "done"::equals);

      assertThat(execution).isEqualTo(new Execution.StoredResponse<>("response"));
    }
  }

  @Test
  void store_outage_leaves_no_request_in_progress() {
    stores.makeUnavailable();
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> change(idempotency, REQUEST));
    stores.makeAvailable();

    assertThat(change(idempotency, REQUEST)).isEqualTo(DONE);
  }

  @Test
  void records_are_purged_after_two_days() {
    storeResponse(REQUEST, "response");

    clock.advance(Duration.ofDays(2));
    assertThat(otherNode.purgeExpired()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(otherNode.purgeExpired()).isEqualTo(1);

    assertThat(change(otherNode, OTHER)).isEqualTo(DONE);
  }

  @Test
  void change_does_not_look_for_its_key_first() {
    AtomicInteger lookups = new AtomicInteger();
    IdempotencyService counting =
        new IdempotencyService(new LookupCounter(stores.idempotency(), lookups), clock);

    assertThat(change(counting, REQUEST)).isEqualTo(DONE);
    assertThat(lookups).hasValue(0);

    assertThat(change(counting, REQUEST)).isEqualTo(new Execution.StoredResponse<>("response"));
    assertThat(lookups).hasValue(1);
  }

  @Test
  void order_is_placed_once_across_two_nodes() {
    Command command = PlaceOrderCommands.tenMugsFor("c-1").withRequest(REQUEST);
    Order placed = PlaceOrderServices.placed(node(service()).place(command));
    IdempotentPlaceOrder there = node(service());

    assertThat(there.place(command))
        .isEqualTo(new Execution.Completed<>(new Outcome.Placed(placed), true));
    assertThat(there.place(command.withRequest(OTHER)))
        .isEqualTo(new Execution.KeyReused<>(Difference.PATH));
    assertThat(stores.orders().listNewestFirst(null, 10)).containsExactly(placed);
  }

  @Test
  void order_is_replayed_as_it_was_placed_after_later_changes() {
    Command today = PlaceOrderCommands.tenMugsFor("c-1").withRequest(REQUEST);
    Command past =
        PlaceOrderCommands.at(clock.instant().minus(Duration.ofDays(9)), today)
            .withRequest(PlaceOrderCommands.request("past", "request"));
    for (Command command : List.of(today, past)) {
      Order placed = PlaceOrderServices.placed(node(service()).place(command));
      clock.advance(Duration.ofHours(1));
      SampleOrderChanges.cancel(stores.orders(), placed.id(), clock.instant());

      assertThat(node(service()).place(command))
          .isEqualTo(new Execution.Completed<>(new Outcome.Placed(placed), true));
    }
  }

  @Test
  void placing_an_order_does_not_look_for_its_key_first() {
    AtomicInteger lookups = new AtomicInteger();
    IdempotencyService counting =
        new IdempotencyService(new LookupCounter(stores.idempotency(), lookups), clock);
    PlaceOrder service = service();
    Command command = PlaceOrderCommands.tenMugsFor("c-1").withRequest(REQUEST);

    new IdempotentPlaceOrder(service, stores.orders(), counting).place(command);
    assertThat(lookups).hasValue(0);

    new IdempotentPlaceOrder(service, stores.orders(), counting).place(command);
    assertThat(lookups).hasValue(1);
  }

  @Test
  void rejected_order_is_replayed_if_another_node_placed_it() {
    SampleRules.insertActive(
        stores.rules(),
        SampleRules.percentOff("50", "code", "ONCE", "limits", SampleRules.fields("total", 1)));
    for (String key : List.of("alone", "together")) {
      Command command =
          PlaceOrderCommands.tenMugsWith(new Code("ONCE"))
              .withRequest(PlaceOrderCommands.request(key, "request"));
      Execution<Outcome> replayed;

      if (key.equals("alone")) {
        PlaceOrder late =
            own -> {
              node(service()).place(command);
              return service().place(own);
            };
        replayed = node(late).place(command);
      } else {
        node(service()).place(command);
        replayed =
            ((PlaceOrderBatch.Result.Processed)
                    new AtomicBatchPlacement(
                            stores.orders(),
                            idempotency,
                            service(),
                            Duration.ZERO,
                            Telemetry.none())
                        .place(List.of(command))
                        .getFirst())
                .execution();
      }

      Order placed =
          stores.orders().listNewestFirst(null, 10).stream()
              .filter(order -> order.status() == OrderStatus.PLACED)
              .findFirst()
              .orElseThrow();
      assertThat(replayed).isEqualTo(new Execution.Completed<>(new Outcome.Placed(placed), true));
      SampleOrderChanges.cancel(stores.orders(), placed.id(), clock.instant());
    }
    assertThat(stores.orders().listNewestFirst(null, 10)).hasSize(2);
  }

  private PlaceOrderService service() {
    return PlaceOrderServices.create(stores, clock, () -> SampleOrders.nextId().value());
  }

  private IdempotentPlaceOrder node(PlaceOrder placeOrder) {
    return new IdempotentPlaceOrder(
        placeOrder, stores.orders(), new IdempotencyService(stores.idempotency(), clock));
  }

  private void storeResponse(IdempotentRequest request, String content) {
    stores.idempotency().store(request.toRecord(new Result.Response(content), clock.instant()));
  }

  /** Runs a request whose change stores its record. */
  private Execution<String> change(IdempotencyService node, IdempotentRequest request) {
    return node.run(
        request,
        () -> {
          storeResponse(request, "response");
          return "done";
        },
        "done"::equals);
  }

  private static Execution<String> run(IdempotencyService node, IdempotentRequest request) {
    return node.run(request, () -> "done", "done"::equals);
  }
}
