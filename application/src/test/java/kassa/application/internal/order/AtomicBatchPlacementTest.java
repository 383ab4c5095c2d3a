package kassa.application.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kassa.application.fixture.SettableClock;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.RequestFingerprint;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.telemetry.Telemetry;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AtomicBatchPlacementTest {

  private static final int NODES = 2;

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final List<AtomicBatchPlacement> nodes =
      IntStream.range(0, NODES).mapToObj(node -> node()).toList();

  @Test
  void exhausted_limit_refuses_the_order_that_lacks_it() {
    SampleRules.insertActive(
        stores.rules(), SampleRules.percentOff("50", "limits", SampleRules.fields("total", 1)));

    List<Result> results = place(submission(null), submission(null), submission(null));

    assertThat(results.get(0)).isEqualTo(new Result.BatchAborted());
    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            Result.Processed.class,
            processed ->
                assertThat(processed.execution())
                    .isInstanceOfSatisfying(
                        Execution.Completed.class,
                        completed ->
                            assertThat(completed.outcome())
                                .isInstanceOf(Outcome.LimitExhausted.class)));
    assertThat(results.get(2)).isEqualTo(new Result.BatchAborted());
    assertThat(stores.orders().listNewestFirst(null, 10)).isEmpty();
  }

  @Test
  void order_with_a_repeated_key_gets_the_response_of_the_first() {
    List<Result> results = place(submission("k"), submission("other"), submission("k"));

    List<Order> stored = stores.orders().listNewestFirst(null, 10);
    assertThat(stored).hasSize(2);
    Order first = PlaceOrderServices.placed(execution(results.get(0)));
    assertThat(execution(results.get(2)))
        .isEqualTo(new Execution.Completed<>(new Outcome.Placed(first), true));
    assertThat(place(submission("k"), submission("other"), submission("k")))
        .allSatisfy(result -> assertThat(execution(result).isReplay()).isTrue());
    assertThat(stores.orders().listNewestFirst(null, 10)).isEqualTo(stored);
  }

  @Test
  void repeated_key_with_another_content_refuses_the_batch() {
    List<Result> results = place(submission("k"), keyed("k", "another content"));

    assertThat(results)
        .containsExactly(
            new Result.BatchAborted(),
            new Result.Processed(new Execution.KeyReused<>(RequestFingerprint.Difference.PATH)));
    assertThat(stores.orders().listNewestFirst(null, 10)).isEmpty();
  }

  @Test
  void one_of_many_concurrent_batches_with_the_same_keys_wins_and_the_others_get_its_responses()
      throws Exception {
    List<String> keys = IntStream.range(0, 20).mapToObj(i -> "k" + i).toList();
    List<String> reversed = keys.reversed();

    List<List<Result>> answers =
        ConcurrentRuns.run(
            20,
            40,
            i ->
                nodes
                    .get(i % NODES)
                    .place(
                        (i % 3 == 0 ? reversed : keys)
                            .stream().map(AtomicBatchPlacementTest::submission).toList()));

    assertThat(stores.orders().listNewestFirst(null, 100)).hasSize(20);
    List<Execution<Outcome>> executions = new ArrayList<>();
    answers.forEach(results -> results.forEach(result -> executions.add(execution(result))));
    assertThat(executions)
        .allSatisfy(each -> assertThat(PlaceOrderServices.placed(each)).isNotNull());
    assertThat(executions).filteredOn(each -> !each.isReplay()).hasSize(20);
    assertThat(executions).filteredOn(Execution::isReplay).hasSize(39 * 20);
  }

  @Test
  void batch_with_too_many_rows_is_refused() {
    List<Result> results =
        nodes
            .getFirst()
            .place(
                IntStream.range(0, AtomicBatchPlacement.MAX_ROWS + 2)
                    .mapToObj(i -> submission(null))
                    .toList());

    assertThat(results.get(AtomicBatchPlacement.MAX_ROWS))
        .isEqualTo(new Result.BatchTooLarge(AtomicBatchPlacement.MAX_ROWS));
    assertThat(results.getLast()).isEqualTo(new Result.BatchAborted());
    assertThat(stores.orders().listNewestFirst(null, 10)).isEmpty();
  }

  private AtomicBatchPlacement node() {
    IdempotencyService idempotency = new IdempotencyService(stores.idempotency(), clock);
    return new AtomicBatchPlacement(
        stores.orders(),
        idempotency,
        PlaceOrderServices.create(stores, clock, () -> SampleOrders.nextId().value()),
        Duration.ofSeconds(30),
        Telemetry.none());
  }

  private List<Result> place(Command... submissions) {
    return nodes.getFirst().place(List.of(submissions));
  }

  private static Command submission(@Nullable String key) {
    return key == null ? command() : keyed(key, "content");
  }

  private static Command command() {
    return PlaceOrderCommands.tenMugsFor("c-1");
  }

  private static Command keyed(String key, String content) {
    return command().withRequest(PlaceOrderCommands.request(key, content));
  }

  private static Execution<Outcome> execution(Result result) {
    assertThat(result).isInstanceOf(Result.Processed.class);
    return ((Result.Processed) result).execution();
  }
}
