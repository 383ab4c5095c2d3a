package kassa.contract;

import static kassa.contract.fixture.SampleRules.content;
import static kassa.contract.fixture.SampleRules.percentOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.Stores;
import kassa.application.port.out.rule.CodeStore.AddResult;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SampleRules;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Contract of idempotent writes: stores save the idempotency record in the same transaction as the
 * effect of the request. Every store has to pass these tests, starting with empty stores.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class IdempotentWriteContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);
  private static final IdempotencyKey KEY =
      new IdempotencyKey(IdempotencyKey.ANONYMOUS_CALLER, "k");
  private static final IdempotencyRecord RECORD = idempotencyRecord(KEY);
  private static final RefundRequest ONE_MUG =
      new RefundRequest(
          new LinkedHashMap<>(Map.of(new Sku("MUG"), 1_000L)),
          null,
          new ShippingShare.None(),
          null);

  /** Stores under test; empty at the start of a test. */
  protected abstract Stores stores();

  /**
   * Write with an idempotency key.
   *
   * @param name a short name for assertions
   * @param attempt writes, and stores the idempotency record
   * @param state reads the written state
   */
  private record KeyedWrite(
      String name, Function<IdempotencyRecord, Object> attempt, Supplier<Object> state) {}

  @Test
  void stores_the_response_in_the_transaction_of_the_write() {
    for (KeyedWrite write : keyedWrites()) {
      IdempotencyRecord idempotencyRecord =
          idempotencyRecord(new IdempotencyKey("caller", write.name()));
      Object before = write.state().get();

      Object outcome = write.attempt().apply(idempotencyRecord);

      assertThat(outcome).as(write.name()).matches(IdempotentWriteContract::isDone);
      assertThat(write.state().get()).as(write.name()).isNotEqualTo(before);
      assertThat(stores().idempotency().find(idempotencyRecord.key()))
          .as(write.name())
          .contains(idempotencyRecord);
    }
  }

  @Test
  void writes_nothing_under_a_used_key() {
    stores().idempotency().store(RECORD);
    for (KeyedWrite write : keyedWrites()) {
      Object before = write.state().get();

      assertThatExceptionOfType(IdempotencyKeyTakenException.class)
          .as(write.name())
          .isThrownBy(() -> write.attempt().apply(idempotencyRecord(KEY)));

      assertThat(write.state().get()).as(write.name()).isEqualTo(before);
    }
    assertThat(stores().idempotency().find(KEY)).contains(RECORD);
  }

  @Test
  void stores_no_response_when_nothing_was_written() {
    Order placed = inserted();
    OrderChange paid = transition(placed, OrderTransition.PAY);
    stores().orders().change(paid, null);
    assertThat(stores().orders().change(transition(placed, OrderTransition.CANCEL), RECORD))
        .isFalse();

    Product mug = Product.create(SampleProducts.plain("MUG"), LATER);
    stores().products().create(mug, null);
    assertThat(stores().products().create(mug, RECORD)).isFalse();

    StoredRule rule = draft("10", "code", "TEN");
    assertThat(
            stores()
                .rules()
                .rules()
                .create(
                    SampleRules.nextId(),
                    RuleStatus.DRAFT,
                    content(percentOff("20", "code", "TEN")),
                    RECORD))
        .isEqualTo(new RuleChange.CodeTaken());
    assertThat(
            stores().rules().rules().changeStatus(rule.id(), 2, RuleStatus.ACTIVE, LATER, RECORD))
        .isEqualTo(new RuleChange.VersionConflict(1));
    assertThat(
            stores().rules().codes().add(rule.id(), List.of(new Code("TEN")), null, LATER, RECORD))
        .isEqualTo(AddResult.CODE_TAKEN);

    assertThat(stores().idempotency().find(KEY)).isEmpty();
  }

  @Test
  void one_of_200_concurrent_equal_refunds_is_made() throws Exception {
    Order order =
        SampleOrderChanges.transitioned(stores().orders(), inserted(), LATER, OrderTransition.PAY);

    List<Boolean> made = ConcurrentRuns.run(8, 200, i -> refund(order.id(), RECORD));

    assertThat(made).filteredOn(Boolean::booleanValue).hasSize(1);
    assertThat(stores().orders().refunds(order.id())).hasSize(1);
    assertThat(stores().idempotency().find(KEY)).contains(RECORD);
  }

  private List<KeyedWrite> keyedWrites() {
    Order toChange = inserted();
    Order toRefund =
        SampleOrderChanges.transitioned(stores().orders(), inserted(), LATER, OrderTransition.PAY);
    StoredRule rule = draft("10");
    StoredRule toActivate = draft("20");
    Product product = Product.create(SampleProducts.plain("PEN"), LATER);
    return List.of(
        new KeyedWrite(
            "transition",
            record -> stores().orders().change(transition(toChange, OrderTransition.PAY), record),
            () -> history(toChange)),
        new KeyedWrite(
            "refund", record -> tryRefund(toRefund.id(), record), () -> history(toRefund)),
        new KeyedWrite(
            "rule",
            record ->
                stores()
                    .rules()
                    .rules()
                    .create(
                        SampleRules.nextId(), RuleStatus.DRAFT, content(percentOff("30")), record),
            () -> stores().rules().rules().list(null, null, 100)),
        new KeyedWrite(
            "status",
            record ->
                stores()
                    .rules()
                    .rules()
                    .changeStatus(toActivate.id(), 1, RuleStatus.ACTIVE, LATER, record),
            () -> stores().rules().rules().find(toActivate.id())),
        new KeyedWrite(
            "codes",
            record ->
                stores()
                    .rules()
                    .codes()
                    .add(rule.id(), List.of(new Code("A"), new Code("B")), 1L, LATER, record),
            () -> stores().rules().codes().list(null, rule.id(), 100)),
        new KeyedWrite(
            "product",
            record -> stores().products().create(product, record),
            () -> stores().products().listBySku(null, 100)));
  }

  /**
   * Refunds like the use case: retries after a concurrent change.
   *
   * @return {@code false} if the key is taken
   */
  private boolean refund(OrderId id, IdempotencyRecord idempotencyRecord) {
    try {
      while (!tryRefund(id, idempotencyRecord)) {
        Thread.onSpinWait();
      }
      return true;
    } catch (IdempotencyKeyTakenException taken) {
      return false;
    }
  }

  private boolean tryRefund(OrderId id, IdempotencyRecord idempotencyRecord) {
    Order order = stores().orders().find(id).orElseThrow();
    Decision decision =
        RefundedOrder.of(order, stores().orders().refunds(id)).refund(ONE_MUG, LATER, "clerk");
    return stores().orders().change(((Decision.Granted) decision).change(), idempotencyRecord);
  }

  private List<Object> history(Order order) {
    return List.of(
        stores().orders().find(order.id()).orElseThrow(),
        stores().orders().history(order.id()).orElseThrow(),
        stores().orders().refunds(order.id()));
  }

  private Order inserted() {
    return SampleOrders.insert(stores().orders(), SampleOrders.placedAfterSeconds(0));
  }

  private StoredRule draft(String percent, Object... more) {
    return SampleRules.requireDone(
        stores()
            .rules()
            .rules()
            .create(
                SampleRules.nextId(), RuleStatus.DRAFT, content(percentOff(percent, more)), null));
  }

  private static OrderChange transition(Order order, OrderTransition transition) {
    return order.transition(transition, null, LATER, null).orElseThrow();
  }

  private static boolean isDone(Object outcome) {
    return outcome instanceof RuleChange.Done || List.of(true, AddResult.DONE).contains(outcome);
  }

  private static IdempotencyRecord idempotencyRecord(IdempotencyKey key) {
    return new IdempotentRequest(key, "x").toRecord(new Result.Response("{}"), LATER);
  }
}
