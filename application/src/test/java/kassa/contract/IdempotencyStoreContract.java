package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.AtomicInsertResult;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.usage.LimitReservation;
import org.junit.jupiter.api.Test;

/**
 * Contract of {@link IdempotencyStore} and its order store: tests that every implementation has to
 * pass.
 */
public abstract class IdempotencyStoreContract {

  private static final Instant AT = Instant.parse("2026-06-15T12:00:00.123456Z");

  /** Idempotency store under test; empty at the start of a test. */
  protected abstract IdempotencyStore idempotencyStore();

  /** Order store that shares its transactions; empty at the start of a test. */
  protected abstract OrderStore orders();

  /** Makes the store unavailable for the rest of the test. */
  protected abstract void makeStoreUnavailable();

  @Test
  void returns_a_stored_record_unchanged() {
    IdempotencyRecord response =
        idempotencyRecord("k", new Result.Response("201\n\n{\"\u00e4\":\"\uD83C\uDF81\\n\"}"));
    IdempotencyRecord empty = idempotencyRecord("K", new Result.Response(""));
    IdempotencyRecord order = idempotencyRecord("o", new Result.PlacedOrder(SampleOrders.nextId()));

    for (IdempotencyRecord each : List.of(response, empty, order)) {
      idempotencyStore().store(each);
      assertThat(idempotencyStore().find(each.key())).contains(each);
    }
    assertThat(idempotencyStore().find(new IdempotencyKey("other-caller", "k"))).isEmpty();
    assertThat(idempotencyStore().find(key("other"))).isEmpty();
  }

  @Test
  void keeps_only_the_first_record_of_a_key() {
    IdempotencyRecord first = idempotencyRecord("k", new Result.Response("1"));
    idempotencyStore().store(first);

    assertThatExceptionOfType(IdempotencyKeyTakenException.class)
        .isThrownBy(
            () -> idempotencyStore().store(idempotencyRecord("k", new Result.Response("2"))));

    assertThat(idempotencyStore().find(first.key())).contains(first);
  }

  @Test
  void purges_expired_records_up_to_the_limit() {
    for (int i = 0; i < 5; i++) {
      idempotencyStore()
          .store(
              new IdempotentRequest(key("k" + i), "x")
                  .toRecord(new Result.Response(""), AT.plusSeconds(i)));
    }

    assertThat(idempotencyStore().purge(AT.plusSeconds(4), 3)).isEqualTo(3);
    assertThat(idempotencyStore().purge(AT.plusSeconds(4), 3)).isEqualTo(1);
    assertThat(idempotencyStore().purge(AT.plusSeconds(4), 3)).isZero();

    assertThat(idempotencyStore().find(key("k3"))).isEmpty();
    assertThat(idempotencyStore().find(key("k4"))).isPresent();
  }

  @Test
  void stores_the_record_in_the_transaction_of_its_order() {
    OrderInsert insert = orderInsert("k", SampleOrders.rich());
    orders().insert(insert);

    assertThat(idempotencyStore().find(key("k"))).contains(insert.idempotencyRecord());
  }

  @Test
  void retention_for_an_order_of_the_past_starts_at_its_arrival() {
    NewOrder past = SampleOrders.rich();
    Instant arrival = past.placedAt().plus(Duration.ofDays(1_000));
    orders().insert(orderInsert("k", past.withArrival(arrival)));

    assertThat(idempotencyStore().purge(arrival, 10)).isZero();
    assertThat(idempotencyStore().purge(arrival.plusSeconds(1), 10)).isEqualTo(1);
  }

  @Test
  void order_with_a_used_key_is_not_stored() {
    Order first = inserted(orders().insert(orderInsert("k", SampleOrders.rich())));
    OrderInsert second = orderInsert("k", SampleOrders.withAllFields());

    assertThatExceptionOfType(IdempotencyKeyTakenException.class)
        .isThrownBy(() -> orders().insert(second));

    assertThat(orders().listNewestFirst(null, 10)).containsExactly(first);
    NewOrder same = second.order();
    assertThat(orders().insert(new OrderInsert(same, null)))
        .isInstanceOf(InsertResult.Inserted.class);
  }

  @Test
  void one_of_concurrent_orders_with_the_same_key_is_stored() throws Exception {
    List<Optional<InsertResult>> outcomes =
        ConcurrentRuns.run(
            8,
            40,
            i -> {
              try {
                return Optional.of(
                    orders().insert(orderInsert("k" + i % 2, SampleOrders.placedAfterSeconds(i))));
              } catch (IdempotencyKeyTakenException taken) {
                return Optional.empty();
              }
            });

    assertThat(outcomes).filteredOn(Optional::isPresent).hasSize(2);
    assertThat(orders().listNewestFirst(null, 10)).hasSize(2);
  }

  @Test
  void order_beyond_a_limit_leaves_its_key_unused() {
    NewOrder first = SampleOrders.withAllFields();
    LimitReservation reservation = first.reservations().getFirst();
    List<LimitReservation> exhausted =
        List.of(new LimitReservation(reservation.counter(), reservation.amount(), 1));
    orders().insert(orderInsert("first", first));
    NewOrder second = SampleOrders.withAllFields();

    assertThat(
            orders()
                .insert(
                    orderInsert(
                        "second",
                        new NewOrder(
                            second.id(),
                            second.content(),
                            second.trace(),
                            second.redemptions(),
                            exhausted))))
        .isEqualTo(new InsertResult.LimitExceeded(reservation.counter()));

    assertThat(idempotencyStore().find(key("first"))).isPresent();
    assertThat(idempotencyStore().find(key("second"))).isEmpty();
  }

  @Test
  void inserts_a_batch_atomically() {
    AtomicInsertResult result =
        orders()
            .insertAtomically(
                List.of(
                    orderInsert("a", SampleOrders.rich()),
                    new OrderInsert(SampleOrders.placedAfterSeconds(1), null)));
    List<Order> stored = ((AtomicInsertResult.Inserted) result).orders();
    assertThat(stored)
        .hasSize(2)
        .allSatisfy(order -> assertThat(orders().find(order.id())).contains(order));
    assertThat(idempotencyStore().find(key("a"))).isPresent();

    assertThatExceptionOfType(IdempotencyKeyTakenException.class)
        .isThrownBy(() ->
            orders()
                .insertAtomically(
                    List.of(
                        orderInsert("b", SampleOrders.placedAfterSeconds(2)),
                        orderInsert("a", SampleOrders.placedAfterSeconds(3)))));

    assertThat(orders().listNewestFirst(null, 10)).hasSize(2);
    assertThat(idempotencyStore().find(key("b"))).isEmpty();
  }

  @Test
  void store_outage_throws() throws Exception {
    makeStoreUnavailable();

    ConcurrentRuns.assertUnavailable(
        () -> idempotencyStore().find(key("k")),
        () -> idempotencyStore().store(idempotencyRecord("k", new Result.Response(""))));
  }

  private static OrderInsert orderInsert(String key, NewOrder order) {
    return new OrderInsert(
        order,
        new IdempotentRequest(key(key), "x")
            .toRecord(new Result.PlacedOrder(order.id()), order.arrivedAt()));
  }

  private static Order inserted(InsertResult result) {
    assertThat(result).isInstanceOf(InsertResult.Inserted.class);
    return ((InsertResult.Inserted) result).order();
  }

  private static IdempotencyRecord idempotencyRecord(String key, Result result) {
    return new IdempotentRequest(key(key), "x").toRecord(result, AT);
  }

  private static IdempotencyKey key(String text) {
    return new IdempotencyKey(IdempotencyKey.ANONYMOUS_CALLER, text);
  }
}
