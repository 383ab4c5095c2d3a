package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.StoredResponse;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.AtomicInsertResult;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
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
  void returns_a_stored_response_unchanged() {
    IdempotencyRecord full =
        idempotencyRecord(
            "k",
            "x",
            new StoredResponse(201, "/v1/\u00e4", "\"1\"", "{\"\u00e4\":\"\uD83C\uDF81\\n\"}"));
    IdempotencyRecord empty = idempotencyRecord("K", "y", new StoredResponse(204, null, null, ""));

    assertThat(idempotencyStore().store(full, AT)).isTrue();
    assertThat(idempotencyStore().store(empty, AT)).isTrue();

    assertThat(idempotencyStore().find(full.key())).contains(full);
    assertThat(idempotencyStore().find(empty.key())).contains(empty);
    assertThat(idempotencyStore().find(new IdempotencyKey("other-caller", "k"))).isEmpty();
    assertThat(idempotencyStore().find(key("other"))).isEmpty();
  }

  @Test
  void keeps_only_the_first_response_of_a_key() {
    IdempotencyRecord first = idempotencyRecord("k", "x", new StoredResponse(201, null, null, "1"));
    idempotencyStore().store(first, AT);

    assertThat(
            idempotencyStore()
                .store(idempotencyRecord("k", "x", new StoredResponse(201, null, null, "2")), AT))
        .isFalse();

    assertThat(idempotencyStore().find(first.key())).contains(first);
  }

  @Test
  void purges_expired_records_up_to_the_limit() {
    for (int i = 0; i < 5; i++) {
      idempotencyStore()
          .store(
              idempotencyRecord("k" + i, "x", new StoredResponse(200, null, null, "")),
              AT.plusSeconds(i));
    }

    assertThat(idempotencyStore().purge(AT.plusSeconds(4), 3)).isEqualTo(3);
    assertThat(idempotencyStore().purge(AT.plusSeconds(4), 3)).isEqualTo(1);
    assertThat(idempotencyStore().purge(AT.plusSeconds(4), 3)).isZero();

    assertThat(idempotencyStore().find(key("k3"))).isEmpty();
    assertThat(idempotencyStore().find(key("k4"))).isPresent();
  }

  @Test
  void stores_the_response_in_the_transaction_of_its_order() {
    Order order = inserted(orders().insert(orderInsert("k", SampleOrders.rich())));

    assertThat(idempotencyStore().find(key("k")).orElseThrow().response())
        .isEqualTo(new StoredResponse(201, null, null, order.number().toString()));
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

    InsertResult second = orders().insert(orderInsert("k", SampleOrders.rich()));

    assertThat(second)
        .isEqualTo(new InsertResult.KeyTaken(idempotencyStore().find(key("k")).orElseThrow()));
    assertThat(orders().listNewestFirst(null, 10)).containsExactly(first);
  }

  @Test
  void one_of_concurrent_orders_with_the_same_key_is_stored() throws Exception {
    List<InsertResult> outcomes =
        ConcurrentRuns.run(
            8,
            40,
            i -> orders().insert(orderInsert("k" + i % 2, SampleOrders.placedAfterSeconds(i))));

    assertThat(outcomes).filteredOn(InsertResult.Inserted.class::isInstance).hasSize(2);
    assertThat(outcomes).filteredOn(InsertResult.KeyTaken.class::isInstance).hasSize(38);
    assertThat(orders().listNewestFirst(null, 10)).hasSize(2);
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

    assertThat(
            orders()
                .insertAtomically(
                    List.of(
                        orderInsert("b", SampleOrders.placedAfterSeconds(2)),
                        orderInsert("a", SampleOrders.placedAfterSeconds(3)))))
        .isEqualTo(new AtomicInsertResult.KeyTaken());

    assertThat(orders().listNewestFirst(null, 10)).hasSize(2);
    assertThat(idempotencyStore().find(key("b"))).isEmpty();
  }

  @Test
  void store_outage_throws() {
    makeStoreUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> idempotencyStore().find(key("k")));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() ->
            idempotencyStore()
                .store(idempotencyRecord("k", "x", new StoredResponse(200, null, null, "")), AT));
  }

  private static OrderInsert orderInsert(String key, NewOrder order) {
    return new OrderInsert(
        order,
        new IdempotentRequest<>(
            key(key),
            "x",
            stored -> new StoredResponse(201, null, null, stored.number().toString())));
  }

  private static Order inserted(InsertResult result) {
    assertThat(result).isInstanceOf(InsertResult.Inserted.class);
    return ((InsertResult.Inserted) result).order();
  }

  private static IdempotencyRecord idempotencyRecord(
      String key, String fingerprint, StoredResponse response) {
    return new IdempotencyRecord(key(key), fingerprint, response);
  }

  private static IdempotencyKey key(String text) {
    return new IdempotencyKey(IdempotencyKey.ANONYMOUS_CALLER, text);
  }
}
