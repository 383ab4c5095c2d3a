package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.out.AnswerStore;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.application.port.out.OrderStore.Submission;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import org.junit.jupiter.api.Test;

/** What every {@link AnswerStore} has to pass, with the store of orders that it belongs to. */
public abstract class AnswerStoreContract {

  private static final Instant AT = Instant.parse("2026-06-15T12:00:00.123456Z");

  /** The store under test; empty when a test begins. */
  protected abstract AnswerStore answers();

  /** The orders whose answers it keeps; empty when a test begins. */
  protected abstract OrderStore orders();

  /** Makes the store unreachable for the rest of the test. */
  protected abstract void takeStoreAway();

  @Test
  void gives_back_what_it_kept_to_the_last_character() {
    KeptAnswer full =
        kept("k", "x", new Answer(201, "/v1/\u00e4", "\"1\"", "{\"\u00e4\":\"\uD83C\uDF81\\n\"}"));
    KeptAnswer empty = kept("K", "y", new Answer(204, null, null, ""));

    assertThat(answers().keep(full, AT)).isTrue();
    assertThat(answers().keep(empty, AT)).isTrue();

    assertThat(answers().find(full.key())).contains(full);
    assertThat(answers().find(empty.key())).contains(empty);
    assertThat(answers().find(new IdempotencyKey("somebody", "k"))).isEmpty();
    assertThat(answers().find(key("other"))).isEmpty();
  }

  @Test
  void keeps_the_first_answer_of_a_key() {
    KeptAnswer first = kept("k", "x", new Answer(201, null, null, "1"));
    answers().keep(first, AT);

    assertThat(answers().keep(kept("k", "x", new Answer(201, null, null, "2")), AT)).isFalse();

    assertThat(answers().find(first.key())).contains(first);
  }

  @Test
  void forgets_what_is_old_and_no_more_of_it_than_it_is_told() {
    for (int i = 0; i < 5; i++) {
      answers().keep(kept("k" + i, "x", new Answer(200, null, null, "")), AT.plusSeconds(i));
    }

    assertThat(answers().forget(AT.plusSeconds(4), 3)).isEqualTo(3);
    assertThat(answers().forget(AT.plusSeconds(4), 3)).isEqualTo(1);
    assertThat(answers().forget(AT.plusSeconds(4), 3)).isZero();

    assertThat(answers().find(key("k3"))).isEmpty();
    assertThat(answers().find(key("k4"))).isPresent();
  }

  @Test
  void keeps_the_answer_to_an_order_with_the_order() {
    Order order = accepted(orders().accept(submission("k", SampleOrders.rich())));

    assertThat(answers().find(key("k")).orElseThrow().answer())
        .isEqualTo(new Answer(201, null, null, order.number().toString()));
  }

  @Test
  void an_order_whose_key_was_used_is_not_kept() {
    Order first = accepted(orders().accept(submission("k", SampleOrders.rich())));

    Acceptance second = orders().accept(submission("k", SampleOrders.rich()));

    assertThat(second).isEqualTo(new Acceptance.Repeated(answers().find(key("k")).orElseThrow()));
    assertThat(orders().newestFirst(null, 10)).containsExactly(first);
  }

  @Test
  void of_orders_with_one_key_that_come_at_once_one_is_kept() throws Exception {
    List<Acceptance> outcomes =
        Together.run(
            8, 40, i -> orders().accept(submission("k" + i % 2, SampleOrders.placedAfter(i))));

    assertThat(outcomes).filteredOn(Acceptance.Accepted.class::isInstance).hasSize(2);
    assertThat(outcomes).filteredOn(Acceptance.Repeated.class::isInstance).hasSize(38);
    assertThat(orders().newestFirst(null, 10)).hasSize(2);
  }

  @Test
  void keeps_orders_together_or_none_of_them() {
    List<Order> kept =
        orders()
            .acceptTogether(
                List.of(
                    submission("a", SampleOrders.rich()),
                    new Submission(SampleOrders.placedAfter(1), null)))
            .orElseThrow();
    assertThat(kept)
        .hasSize(2)
        .allSatisfy(order -> assertThat(orders().find(order.id())).contains(order));
    assertThat(answers().find(key("a"))).isPresent();

    assertThat(
            orders()
                .acceptTogether(
                    List.of(
                        submission("b", SampleOrders.placedAfter(2)),
                        submission("a", SampleOrders.placedAfter(3)))))
        .isEqualTo(Optional.empty());

    assertThat(orders().newestFirst(null, 10)).hasSize(2);
    assertThat(answers().find(key("b"))).isEmpty();
  }

  @Test
  void says_so_when_the_store_is_gone() {
    takeStoreAway();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> answers().find(key("k")));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> answers().keep(kept("k", "x", new Answer(200, null, null, "")), AT));
  }

  private static Submission submission(String key, NewOrder order) {
    return new Submission(
        order,
        new KeyedCall<>(
            key(key), "x", made -> new Answer(201, null, null, made.number().toString())));
  }

  private static Order accepted(Acceptance acceptance) {
    assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
    return ((Acceptance.Accepted) acceptance).order();
  }

  private static KeptAnswer kept(String key, String request, Answer answer) {
    return new KeptAnswer(key(key), request, answer);
  }

  private static IdempotencyKey key(String text) {
    return new IdempotencyKey(IdempotencyKey.ANYBODY, text);
  }
}
