package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.CallOnce;
import kassa.application.port.in.CallOnce.Beginning;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.InMemoryStores;
import kassa.contract.SampleChanges;
import kassa.contract.SampleOrders;
import kassa.contract.SampleRules;
import kassa.domain.order.Order;
import kassa.domain.order.OrderStatus;
import kassa.domain.rule.Code;
import org.junit.jupiter.api.Test;

class OnceOnlyTest {

  private static final IdempotencyKey KEY = new IdempotencyKey(IdempotencyKey.ANYBODY, "k");
  private static final Answer ANSWER = new Answer(200, null, null, "done");

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final OnceOnly once = new OnceOnly(stores.answers(), clock);
  private final OnceOnly otherNode = new OnceOnly(stores.answers(), clock);

  @Test
  void one_call_of_a_key_is_under_way_at_a_time() {
    Beginning.Begun begun = begun(once.begin(KEY, "request"));

    assertThat(once.begin(KEY, "request")).isEqualTo(new Beginning.UnderWay());
    assertThat(once.begin(KEY, "other")).isEqualTo(new Beginning.OtherRequest());
    begun(once.begin(new IdempotencyKey("somebody", "k"), "other"));

    begun.close();
    begun(once.begin(KEY, "other"));
  }

  @Test
  void what_is_done_is_answered_on_every_node_and_no_other_request_has_its_key() {
    try (Beginning.Begun begun = begun(once.begin(KEY, "request"))) {
      assertThat(begun.keep(ANSWER).answer()).isEqualTo(ANSWER);
    }

    for (OnceOnly node : new OnceOnly[] {once, otherNode}) {
      assertThat(node.begin(KEY, "request")).isEqualTo(new Beginning.Done(ANSWER));
      assertThat(node.begin(KEY, "other")).isEqualTo(new Beginning.OtherRequest());
    }
  }

  @Test
  void of_two_nodes_that_do_the_same_both_answer_what_was_kept_first() {
    Beginning.Begun here = begun(once.begin(KEY, "request"));
    Beginning.Begun there = begun(otherNode.begin(KEY, "request"));

    assertThat(there.keep(ANSWER).answer()).isEqualTo(ANSWER);

    assertThat(here.keep(new Answer(200, null, null, "later")).answer()).isEqualTo(ANSWER);
  }

  @Test
  void an_outage_leaves_nothing_under_way() {
    stores.takeAway();
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> once.begin(KEY, "request"));
    stores.bringBack();

    begun(once.begin(KEY, "request"));
  }

  @Test
  void answers_are_forgotten_after_two_days() {
    begun(once.begin(KEY, "request")).keep(ANSWER);

    clock.advance(Duration.ofDays(2));
    assertThat(otherNode.forgetOld()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(otherNode.forgetOld()).isEqualTo(1);

    begun(otherNode.begin(KEY, "other"));
  }

  @Test
  void an_order_is_placed_once_on_two_nodes() {
    OrderPlacement here = Placements.over(stores, clock, () -> SampleOrders.nextId().value());
    OrderPlacement there = Placements.over(stores, clock, () -> SampleOrders.nextId().value());
    KeyedCall<Order> call =
        new KeyedCall<>(
            KEY, "request", order -> new Answer(201, null, null, order.id().toString()));

    Order placed = Placements.placed(here.place(Commands.ofTenMugsFor("c-1"), call));

    assertThat(there.place(Commands.ofTenMugsFor("c-1"), call))
        .isEqualTo(new Outcome.Repeated(new Answer(201, null, null, placed.id().toString())));
    assertThat(there.place(Commands.ofTenMugsFor("c-1"), new KeyedCall<>(KEY, "x", call.answer())))
        .isEqualTo(new Outcome.OtherRequest());
    assertThat(stores.orders().newestFirst(null, 10)).containsExactly(placed);
  }

  @Test
  void an_order_in_whose_way_is_what_it_has_done_on_another_node_is_answered_as_there() {
    SampleRules.activeIn(
        stores.rules(),
        SampleRules.percentOff("50", "code", "ONCE", "limits", SampleRules.fields("total", 1)));
    PlaceOrder.Command command = Commands.ofTenMugsWith(new Code("ONCE"));
    Outcome repeated = new Outcome.Repeated(ANSWER);

    for (String text : List.of("alone", "together")) {
      IdempotencyKey key = new IdempotencyKey(IdempotencyKey.ANYBODY, text);
      KeyedCall<Order> call = new KeyedCall<>(key, "request", order -> ANSWER);
      OrderPlacement there = Placements.over(stores, clock, () -> SampleOrders.nextId().value());
      CallOnce late = overtaken(() -> there.place(command, call));
      OrderPlacement here =
          Placements.over(stores, late, clock, () -> SampleOrders.nextId().value());

      if (text.equals("alone")) {
        assertThat(here.place(command, call)).isEqualTo(repeated);
      } else {
        assertThat(
                new JointPlacement(stores.orders(), late, here)
                    .place(List.of(new ProcessOrders.Submission(command, call))))
            .containsExactly(new ProcessOrders.Result.Processed(repeated));
      }
      stores.orders().newestFirst(null, 10).stream()
          .filter(order -> order.status() == OrderStatus.PLACED)
          .forEach(order -> SampleChanges.cancel(stores.orders(), order.id(), clock.instant()));
    }
    assertThat(stores.orders().newestFirst(null, 10)).hasSize(2);
  }

  /** Calls between whose begin and what they do comes something else. */
  private CallOnce overtaken(Runnable meanwhile) {
    return new CallOnce() {
      @Override
      public Beginning begin(IdempotencyKey key, String request) {
        Beginning beginning = once.begin(key, request);
        meanwhile.run();
        return beginning;
      }

      @Override
      public int forgetOld() {
        return once.forgetOld();
      }
    };
  }

  private static Beginning.Begun begun(Beginning beginning) {
    assertThat(beginning).isInstanceOf(Beginning.Begun.class);
    return (Beginning.Begun) beginning;
  }
}
