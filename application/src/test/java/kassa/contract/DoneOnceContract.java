package kassa.contract;

import static kassa.contract.SampleRules.percentOff;
import static kassa.contract.SampleRules.writing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import kassa.application.UseCases;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.out.CodeStore.Addition;
import kassa.application.port.out.OrderStore.Changing;
import kassa.application.port.out.ProductStore.Creation;
import kassa.application.port.out.RuleStore.Change;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderMove;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What stores have to pass that keep the answer to a call with what the call does. Each test meets
 * empty stores.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class DoneOnceContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);
  private static final IdempotencyKey KEY = new IdempotencyKey(IdempotencyKey.ANYBODY, "k");
  private static final KeptAnswer ANSWER = answer(KEY);
  private static final RefundRequest ONE_MUG =
      new RefundRequest(
          new LinkedHashMap<>(Map.of(new Sku("MUG"), 1L)), null, new ShippingShare.None(), null);

  /** The stores under test. They are empty when a test begins. */
  protected abstract UseCases.Stores stores();

  /**
   * Something that a call does.
   *
   * @param what in a word
   * @param attempt does it, and keeps an answer with it
   * @param state what is there of it
   */
  private record Deed(String what, Function<KeptAnswer, Object> attempt, Supplier<Object> state) {}

  @Test
  void keeps_the_answer_with_what_is_done() {
    for (Deed deed : deeds()) {
      KeptAnswer answer = answer(new IdempotencyKey("caller", deed.what()));
      Object before = deed.state().get();

      Object outcome = deed.attempt().apply(answer);

      assertThat(outcome).as(deed.what()).matches(DoneOnceContract::isDone);
      assertThat(deed.state().get()).as(deed.what()).isNotEqualTo(before);
      assertThat(stores().answers().find(answer.key())).as(deed.what()).contains(answer);
    }
  }

  @Test
  void does_nothing_under_a_key_that_was_used() {
    stores().answers().keep(ANSWER, LATER);
    for (Deed deed : deeds()) {
      Object before = deed.state().get();

      Object outcome = deed.attempt().apply(new KeptAnswer(KEY, "y", ANSWER.answer()));

      assertThat(outcome)
          .as(deed.what())
          .isIn(Changing.KEY_TAKEN, Addition.KEY_TAKEN, Creation.KEY_TAKEN, new Change.KeyTaken());
      assertThat(deed.state().get()).as(deed.what()).isEqualTo(before);
    }
    assertThat(stores().answers().find(KEY)).contains(ANSWER);
  }

  @Test
  void keeps_no_answer_to_what_was_not_done() {
    Order placed = accepted();
    OrderChange paid = move(placed, OrderMove.PAY);
    stores().orders().change(paid);
    assertThat(stores().orders().change(move(placed, OrderMove.CANCEL), ANSWER))
        .isEqualTo(Changing.OVERTAKEN);

    Product mug = Product.created(SampleProducts.plain("MUG"), LATER);
    stores().products().create(mug);
    assertThat(stores().products().create(mug, ANSWER)).isEqualTo(Creation.SKU_TAKEN);

    KeptRule rule = draft("10", "code", "TEN");
    assertThat(
            stores()
                .rules()
                .create(
                    SampleRules.nextId(),
                    RuleStatus.DRAFT,
                    writing(percentOff("20", "code", "TEN")),
                    call(ANSWER)))
        .isEqualTo(new Change.CodeTaken());
    assertThat(stores().rules().move(rule.id(), 2, RuleStatus.ACTIVE, LATER, call(ANSWER)))
        .isEqualTo(new Change.Stale(1));
    assertThat(stores().codes().add(rule.id(), List.of(new Code("TEN")), null, LATER, ANSWER))
        .isEqualTo(Addition.CODE_TAKEN);

    assertThat(stores().answers().find(KEY)).isEmpty();
  }

  @Test
  void of_two_hundred_equal_refunds_at_once_one_is_given() throws Exception {
    Order order = SampleChanges.moved(stores().orders(), accepted(), LATER, OrderMove.PAY);

    List<Changing> outcomes = Together.run(8, 200, i -> refund(order.id(), ANSWER));

    assertThat(outcomes).containsOnlyOnce(Changing.MADE).contains(Changing.KEY_TAKEN);
    assertThat(outcomes).filteredOn(Changing.KEY_TAKEN::equals).hasSize(199);
    assertThat(stores().orders().refunds(order.id())).hasSize(1);
    assertThat(stores().answers().find(KEY)).contains(ANSWER);
  }

  private List<Deed> deeds() {
    Order toMove = accepted();
    Order toRefund = SampleChanges.moved(stores().orders(), accepted(), LATER, OrderMove.PAY);
    KeptRule rule = draft("10");
    KeptRule toActivate = draft("20");
    Product product = Product.created(SampleProducts.plain("PEN"), LATER);
    return List.of(
        new Deed(
            "move",
            answer -> stores().orders().change(move(toMove, OrderMove.PAY), answer),
            () -> history(toMove)),
        new Deed("refund", answer -> refund(toRefund.id(), answer), () -> history(toRefund)),
        new Deed(
            "rule",
            answer ->
                stores()
                    .rules()
                    .create(
                        SampleRules.nextId(),
                        RuleStatus.DRAFT,
                        writing(percentOff("30")),
                        call(answer)),
            () -> stores().rules().list(null, null, 100)),
        new Deed(
            "status",
            answer ->
                stores().rules().move(toActivate.id(), 1, RuleStatus.ACTIVE, LATER, call(answer)),
            () -> stores().rules().find(toActivate.id())),
        new Deed(
            "codes",
            answer ->
                stores()
                    .codes()
                    .add(rule.id(), List.of(new Code("A"), new Code("B")), 1L, LATER, answer),
            () -> stores().codes().list(null, rule.id(), 100)),
        new Deed(
            "product",
            answer -> stores().products().create(product, answer),
            () -> stores().products().risingBySku(null, 100)));
  }

  /** Refunds as the use-case does: begins again when another was quicker. */
  private Changing refund(OrderId id, KeptAnswer answer) {
    while (true) {
      Order order = stores().orders().find(id).orElseThrow();
      Decision decision =
          RefundedOrder.of(order, stores().orders().refunds(id)).refund(ONE_MUG, LATER, "clerk");
      Changing outcome = stores().orders().change(((Decision.Granted) decision).change(), answer);
      if (outcome != Changing.OVERTAKEN) {
        return outcome;
      }
    }
  }

  private List<Object> history(Order order) {
    return List.of(
        stores().orders().find(order.id()).orElseThrow(),
        stores().orders().history(order.id()).orElseThrow(),
        stores().orders().refunds(order.id()));
  }

  private Order accepted() {
    return SampleOrders.accept(stores().orders(), SampleOrders.placedAfter(0));
  }

  private KeptRule draft(String percent, Object... more) {
    return SampleRules.done(
        stores()
            .rules()
            .create(SampleRules.nextId(), RuleStatus.DRAFT, writing(percentOff(percent, more))));
  }

  private static OrderChange move(Order order, OrderMove move) {
    return order.move(move, null, LATER, null).orElseThrow();
  }

  private static boolean isDone(Object outcome) {
    return outcome instanceof Change.Done
        || List.of(Changing.MADE, Addition.DONE, Creation.DONE).contains(outcome);
  }

  private static KeptAnswer answer(IdempotencyKey key) {
    return new KeptAnswer(key, "x", new Answer(200, "/v1/x", "\"2\"", "{\"done\":true}"));
  }

  private static KeyedCall<KeptRule> call(KeptAnswer answer) {
    return new KeyedCall<>(answer.key(), answer.request(), rule -> answer.answer());
  }
}
