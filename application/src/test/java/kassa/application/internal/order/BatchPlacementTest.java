package kassa.application.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kassa.application.fixture.SettableClock;
import kassa.application.idempotency.Execution;
import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.application.internal.concurrent.WeightBudget;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.telemetry.Telemetry;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.memory.InMemoryOrderStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchPlacementTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryOrderStore store = stores.orders();
  private final PlaceOrderService placement =
      PlaceOrderServices.create(stores, clock, () -> SampleOrders.nextId().value());

  @Test
  void returns_results_in_request_order() {
    List<Command> commands = commands(100);

    List<Result> results = batchPlacement(placement, 8).placeEach(commands);

    assertThat(results)
        .extracting(BatchPlacementTest::customerOf)
        .isEqualTo(commands.stream().map(BatchPlacementTest::customerOf).toList());
    assertThat(results)
        .allSatisfy(result -> {
          Order placed = orderOf(result);
          assertThat(store.find(placed.id())).contains(placed);
        });
    assertThat(store.listNewestFirst(null, 1_000)).hasSize(100);
  }

  @Test
  void empty_batch_returns_no_results() {
    assertThat(batchPlacement(placement, 8).placeEach(List.of())).isEmpty();
  }

  @Test
  void large_order_is_placed_when_the_budget_has_room_again() throws Exception {
    for (int i = 0; i < 3; i++) {
      SampleRules.insertActive(stores.rules(), SampleRules.percentOff("1"));
    }
    WeightBudget budget = new WeightBudget(10);
    PlaceOrderService service =
        PlaceOrderServices.create(stores, clock, () -> SampleOrders.nextId().value(), budget);
    assertThat(budget.tryTake(10)).isTrue();
    CompletableFuture<Outcome> placed =
        CompletableFuture.supplyAsync(() -> service.place(PlaceOrderCommands.ofLines(500)));

    budget.giveBack(10);

    assertThat(PlaceOrderServices.placed(placed.get()).price().rowCount()).isEqualTo(2_000);
    assertThat(budget.tryTake(10)).isTrue();
  }

  @Test
  void orders_with_the_same_key_are_placed_one_after_another() {
    Command command =
        PlaceOrderCommands.tenMugsFor("c-1")
            .withRequest(PlaceOrderCommands.request("k", "content"));

    List<Result> results = batchPlacement(placement, 8).placeEach(Collections.nCopies(5, command));

    assertThat(results.subList(1, 5))
        .containsOnly(
            new Result.Processed(
                new Execution.Completed<>(new Outcome.Placed(orderOf(results.getFirst())), true)));
    assertThat(store.listNewestFirst(null, 10)).hasSize(1);
  }

  @Test
  void failed_order_does_not_affect_others() {
    StoreUnavailableException outage =
        new StoreUnavailableException("simulated store outage", new Exception());
    PlaceOrder failing =
        command -> {
          if (customerOf(command).equals(new CustomerId("c-1"))) {
            throw outage;
          }
          return placement.place(command);
        };

    List<Result> results = batchPlacement(failing, 2).placeEach(commands(4));

    assertThat(results.get(1)).isEqualTo(new Result.Failed(outage));
    assertThat(List.of(results.get(0), results.get(2), results.get(3)))
        .allSatisfy(result -> assertThat(result).isInstanceOf(Result.Processed.class));
    assertThat(store.listNewestFirst(null, 10)).hasSize(3);
  }

  @Test
  void store_outage_fails_each_order_separately() {
    store.makeUnavailable();

    assertThat(batchPlacement(placement, 2).placeEach(commands(3)))
        .hasSize(3)
        .allSatisfy(result ->
            assertThat(result)
                .isInstanceOfSatisfying(
                    Result.Failed.class,
                    failed ->
                        assertThat(failed.cause()).isInstanceOf(StoreUnavailableException.class)));
  }

  @Test
  void started_order_that_throws_an_error_is_reported_as_failed() {
    Error error = new StackOverflowError("simulated");
    PlaceOrder throwing =
        command -> {
          placement.place(command);
          throw error;
        };

    List<Result> results = batchPlacement(throwing, 1).placeEach(commands(1));

    assertThat(store.listNewestFirst(null, 10)).hasSize(1);
    assertThat(results)
        .singleElement()
        .isInstanceOfSatisfying(
            Result.Failed.class, failed -> assertThat(failed.cause()).hasCause(error));
  }

  @Test
  void orders_not_started_before_the_deadline_are_not_stored() {
    PlaceOrder slow =
        command -> {
          Outcome outcome = placement.place(command);
          clock.advance(DEADLINE.dividedBy(2));
          return outcome;
        };

    List<Result> results = batchPlacement(slow, 1).placeEach(commands(5));

    assertThat(results.subList(0, 2))
        .allSatisfy(result -> assertThat(result).isInstanceOf(Result.Processed.class));
    assertThat(results.subList(2, 5)).containsOnly(new Result.NotStarted());
    assertThat(store.listNewestFirst(null, 10))
        .containsExactlyInAnyOrder(orderOf(results.get(0)), orderOf(results.get(1)));
  }

  private BatchPlacement batchPlacement(PlaceOrder placeOrder, int bound) {
    IdempotencyService idempotency = new IdempotencyService(stores.idempotency(), clock);
    return new BatchPlacement(
        new IdempotentPlaceOrder(placeOrder, store, idempotency),
        new AtomicBatchPlacement(store, idempotency, placement, DEADLINE, Telemetry.none()),
        new BoundedExecutor(clock, bound, DEADLINE));
  }

  private static List<Command> commands(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> PlaceOrderCommands.tenMugsFor("c-" + i))
        .toList();
  }

  private static Order orderOf(Result result) {
    assertThat(result).isInstanceOf(Result.Processed.class);
    return PlaceOrderServices.placed(((Result.Processed) result).execution());
  }

  private static CustomerId customerOf(Command command) {
    return new CustomerId(Objects.requireNonNull(command.draft().customer().id()));
  }

  private static CustomerId customerOf(Result result) {
    return Objects.requireNonNull(orderOf(result).customer());
  }
}
