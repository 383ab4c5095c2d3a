package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.PlaceOrder.Command;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.application.port.in.ProcessOrders.Submission;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.InMemoryOrderStore;
import kassa.contract.InMemoryStores;
import kassa.contract.SampleOrders;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrderProcessingTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryOrderStore store = stores.orders();
  private final OrderPlacement placement =
      Placements.over(stores, clock, () -> SampleOrders.nextId().value());

  @Test
  void answers_every_order_in_the_order_in_which_they_were_sent() {
    List<Submission> commands = commands(100);

    List<Result> results = processing(placement, 8).process(commands);

    assertThat(results)
        .extracting(OrderProcessingTest::customerOf)
        .isEqualTo(commands.stream().map(each -> customerOf(each.command())).toList());
    assertThat(results)
        .allSatisfy(result -> {
          Order placed = orderOf(result);
          assertThat(store.find(placed.id())).contains(placed);
        });
    assertThat(store.newestFirst(null, 1_000)).hasSize(100);
  }

  @Test
  void answers_nothing_to_nothing() {
    assertThat(processing(placement, 8).process(List.of())).isEmpty();
  }

  @Test
  void one_that_fails_harms_no_other() {
    StoreUnavailableException outage =
        new StoreUnavailableException("the store went away", new Exception());
    PlaceOrder failing =
        (command, call) -> {
          if (customerOf(command).equals(new CustomerId("c-1"))) {
            throw outage;
          }
          return placement.place(command);
        };

    List<Result> results = processing(failing, 2).process(commands(4));

    assertThat(results.get(1)).isEqualTo(new Result.Failed(outage));
    assertThat(List.of(results.get(0), results.get(2), results.get(3)))
        .allSatisfy(result -> assertThat(result).isInstanceOf(Result.Processed.class));
    assertThat(store.newestFirst(null, 10)).hasSize(3);
  }

  @Test
  void every_order_tells_of_an_outage_for_itself() {
    store.takeAway();

    assertThat(processing(placement, 2).process(commands(3)))
        .hasSize(3)
        .allSatisfy(result ->
            assertThat(result)
                .isInstanceOfSatisfying(
                    Result.Failed.class,
                    failed ->
                        assertThat(failed.cause()).isInstanceOf(StoreUnavailableException.class)));
  }

  @Test
  void an_order_that_was_begun_is_not_called_not_begun_even_if_the_machine_breaks_under_it() {
    Error broken = new StackOverflowError("as if");
    PlaceOrder breaking =
        (command, call) -> {
          placement.place(command);
          throw broken;
        };

    List<Result> results = processing(breaking, 1).process(commands(1));

    assertThat(store.newestFirst(null, 10)).hasSize(1);
    assertThat(results)
        .singleElement()
        .isInstanceOfSatisfying(
            Result.Failed.class, failed -> assertThat(failed.cause()).hasCause(broken));
  }

  @Test
  void keeps_nothing_of_what_was_not_begun_before_the_deadline() {
    PlaceOrder slow =
        (command, call) -> {
          Outcome outcome = placement.place(command);
          clock.advance(DEADLINE.dividedBy(2));
          return outcome;
        };

    List<Result> results = processing(slow, 1).process(commands(5));

    assertThat(results.subList(0, 2))
        .allSatisfy(result -> assertThat(result).isInstanceOf(Result.Processed.class));
    assertThat(results.subList(2, 5)).containsOnly(new Result.NotBegun());
    assertThat(store.newestFirst(null, 10))
        .containsExactlyInAnyOrder(orderOf(results.get(0)), orderOf(results.get(1)));
  }

  private OrderProcessing processing(PlaceOrder placeOrder, int bound) {
    return new OrderProcessing(
        placeOrder,
        new JointPlacement(store, new OnceOnly(stores.answers(), clock), placement),
        new BoundedFanOut(clock, bound, DEADLINE));
  }

  private static List<Submission> commands(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Submission(Commands.ofTenMugsFor("c-" + i), null))
        .toList();
  }

  private static Order orderOf(Result result) {
    assertThat(result).isInstanceOf(Result.Processed.class);
    return Placements.placed(((Result.Processed) result).outcome());
  }

  private static CustomerId customerOf(Command command) {
    return new CustomerId(Objects.requireNonNull(command.basket().customer().id()));
  }

  private static CustomerId customerOf(Result result) {
    return Objects.requireNonNull(orderOf(result).customer());
  }
}
