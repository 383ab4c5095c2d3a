package kassa.application.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import kassa.application.internal.webhook.EndpointRounds.Answer;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.application.port.out.webhook.WebhookSender;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import kassa.domain.order.Order;
import kassa.domain.order.OrderStatus;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EventTypePattern;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.RetrySchedule;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import kassa.domain.webhook.WebhookFilter;
import kassa.domain.webhook.WebhookSecret;
import kassa.domain.webhook.WebhookUrl;
import org.junit.jupiter.api.Test;

class EndpointRoundsTest {

  private static final Instant NOW = Instant.parse("2026-06-15T13:00:00Z");
  private static final UUID NODE = new UUID(1, 1);

  private final InMemoryStores stores = new InMemoryStores();
  private final WebhookEndpoint endpoint = endpoint(WebhookFilter.NONE);
  private final EndpointRounds rounds = rounds(endpoint);

  @Test
  void sends_the_events_of_one_subject_one_after_another_and_those_of_others_beside_them() {
    Order one = place();
    Order other = place();
    assertThat(SampleOrderChanges.cancel(stores.orders(), one.id(), NOW)).isTrue();

    List<Delivery> first = run(NOW);

    assertThat(first)
        .extracting(delivery -> delivery.event().subject() + " " + delivery.event().type())
        .containsExactly(one.id() + " order.placed", other.id() + " order.placed");
    assertThat(run(NOW)).as("nothing more while they are in progress").isEmpty();
    assertThat(run(NOW, success(first.get(1)))).isEmpty();
    assertThat(run(NOW, success(first.get(0))))
        .extracting(delivery -> delivery.event().type())
        .containsExactly("order.cancelled");
    assertThat(rounds.status().pending()).isEqualTo(1);
  }

  @Test
  void a_failed_delivery_holds_back_its_own_subject_only() {
    Order failing = place();
    List<Delivery> first = run(NOW);
    assertThat(SampleOrderChanges.cancel(stores.orders(), failing.id(), NOW)).isTrue();
    Order other = place();

    List<Delivery> next = run(NOW, failure(first.getFirst(), 500));

    assertThat(next)
        .extracting(delivery -> delivery.event().subject())
        .containsExactly(other.id().toString());
    assertThat(run(NOW.plusSeconds(4), success(next.getFirst()))).isEmpty();
    List<Delivery> again = run(NOW.plusSeconds(5));
    assertThat(again)
        .extracting(Delivery::id, delivery -> delivery.event().id())
        .containsExactly(tuple(first.getFirst().id(), first.getFirst().event().id()));
    assertThat(run(NOW.plusSeconds(5), success(again.getFirst())))
        .extracting(delivery -> delivery.event().type())
        .containsExactly("order.cancelled");
  }

  @Test
  void retries_by_the_schedule_and_gives_up_if_others_got_through() {
    place();
    Instant at = NOW;
    Delivery failing = run(at).getFirst();
    for (int attempt = 1; attempt < RetrySchedule.MAX_ATTEMPTS; attempt++) {
      List<Delivery> early = run(at, failure(failing, 500));
      assertThat(early).as("attempt %s is not repeated at once", attempt).isEmpty();
      at = at.plus(RetrySchedule.WAITS.get(attempt - 1));
      place();
      List<Delivery> due = run(at);
      assertThat(due).hasSize(2);
      failing = due.stream().filter(one -> one.progress().attempts() > 0).findFirst().orElseThrow();
      Delivery healthy =
          due.stream().filter(one -> one.progress().attempts() == 0).findFirst().orElseThrow();
      run(at, success(healthy));
    }

    assertThat(run(at, failure(failing, 500))).isEmpty();

    Delivery stored = stored(failing);
    assertThat(stored.state()).isEqualTo(DeliveryState.FAILED);
    assertThat(stored.lastAttempts()).hasSize(RetrySchedule.MAX_ATTEMPTS);
    assertThat(rounds.pausedBy()).isNull();
  }

  @Test
  void pauses_and_loses_nothing_if_nothing_gets_through_for_days() {
    place();
    Instant at = NOW;
    Delivery failing = run(at).getFirst();
    for (int attempt = 1; attempt < RetrySchedule.MAX_ATTEMPTS; attempt++) {
      run(at, failure(failing, 500));
      at = at.plus(RetrySchedule.WAITS.get(attempt - 1));
      failing = run(at).getFirst();
    }

    assertThat(rounds.run(List.of(failure(failing, 500)), page(), at)).isNull();

    assertThat(rounds.pausedBy()).isEqualTo(PauseReason.FAILURES);
    assertThat(stored(failing).state()).isEqualTo(DeliveryState.PENDING);
    WebhookEndpoint paused = stores.webhooks().find(endpoint.id()).orElseThrow().endpoint();
    assertThat(paused.pauseReason()).isEqualTo(PauseReason.FAILURES);
  }

  @Test
  void pauses_when_the_receiver_is_gone_and_goes_on_there_later() {
    place();
    Delivery delivery = run(NOW).getFirst();

    assertThat(rounds.run(List.of(failure(delivery, 410)), page(), NOW)).isNull();

    assertThat(rounds.pausedBy()).isEqualTo(PauseReason.GONE);
    WebhookEndpoint paused = stores.webhooks().find(endpoint.id()).orElseThrow().endpoint();
    assertThat(paused.pauseReason()).isEqualTo(PauseReason.GONE);
    Order meanwhile = place();
    assertThat(stores.webhooks().update(paused.withPause(null, NOW))).isTrue();

    EndpointRounds resumed = roundsOf(endpoint.id());

    assertThat(resumed.run(List.of(), pageAfter(resumed.status().position()), NOW))
        .extracting(one -> one.event().subject())
        .containsExactly(delivery.event().subject(), meanwhile.id().toString());
  }

  @Test
  void honours_how_long_the_receiver_wants_to_be_left_alone() {
    place();
    Delivery delivery = run(NOW).getFirst();
    WebhookSender.Result busy =
        new WebhookSender.Result(
            FakeWebhookGateway.answer(NOW, 503).attempt(), Duration.ofMinutes(3));

    run(NOW, new Answer(delivery, busy));

    assertThat(run(NOW.plusSeconds(179))).isEmpty();
    assertThat(run(NOW.plusSeconds(180))).hasSize(1);
  }

  @Test
  void sends_less_and_then_nothing_to_a_receiver_that_fails() {
    for (int i = 0; i < 30; i++) {
      place();
    }
    List<Delivery> under = new ArrayList<>(run(NOW));
    assertThat(under).hasSize(EndpointRounds.MAX_IN_FLIGHT);
    int sent = under.size();
    while (!under.isEmpty()) {
      List<Delivery> next = run(NOW, failure(under.removeFirst(), 500));
      sent += next.size();
      under.addAll(next);
    }

    assertThat(sent).isEqualTo(CircuitBreaker.MAX_FAILURES);
    assertThat(run(NOW.plusSeconds(29))).isEmpty();
    List<Delivery> probe = run(NOW.plusSeconds(30));
    assertThat(probe).hasSize(1);
    assertThat(run(NOW.plusSeconds(30), success(probe.getFirst())))
        .hasSize(EndpointRounds.MAX_IN_FLIGHT);
  }

  @Test
  void takes_no_more_events_while_many_wait() {
    for (int i = 0; i < EndpointRounds.MAX_PENDING; i++) {
      place();
    }
    assertThat(rounds.takesEvents()).isTrue();

    List<Delivery> sent = new ArrayList<>();
    for (int i = 0; i < EndpointRounds.MAX_PENDING / EndpointRounds.MAX_NEW; i++) {
      sent.addAll(run(NOW));
    }

    assertThat(rounds.takesEvents()).isFalse();
    run(NOW, success(sent.getFirst()));
    assertThat(rounds.takesEvents()).isTrue();
  }

  @Test
  void takes_only_the_events_that_the_filter_selects_and_moves_on_past_the_others() {
    WebhookEndpoint cancelled =
        endpoint(new WebhookFilter(Set.of(OrderStatus.CANCELLED), null, null, null));
    EndpointRounds filtered = rounds(cancelled);
    Order order = place();
    SampleOrderChanges.cancel(stores.orders(), order.id(), NOW);

    List<Delivery> sent = filtered.run(List.of(), pageAfter(filtered.status().position()), NOW);

    assertThat(sent).extracting(one -> one.event().type()).containsExactly("order.cancelled");
    assertThat(filtered.status().position()).isEqualTo(stores.events().latest());
  }

  @Test
  void stores_nothing_after_another_node_took_the_endpoint() {
    place();
    Delivery delivery = run(NOW).getFirst();
    stores.webhooks().release(endpoint.id(), NODE);
    assertThat(stores.webhooks().lease(endpoint.id(), new UUID(1, 2), Duration.ofHours(1)))
        .isPresent();

    assertThat(rounds.run(List.of(success(delivery)), page(), NOW)).isNull();

    assertThat(stored(delivery).state()).isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void an_event_that_is_not_kept_any_more_ends_its_delivery() {
    place();
    Delivery delivery = run(NOW).getFirst();
    DeliveryAttempt expired =
        new DeliveryAttempt(NOW, Duration.ZERO, null, AttemptRules.EXPIRED, null);

    run(NOW, new Answer(delivery, new WebhookSender.Result(expired, null)));

    assertThat(stored(delivery).state()).isEqualTo(DeliveryState.FAILED);
  }

  @Test
  void renews_its_lease_although_nothing_happens() {
    Instant later = NOW.plus(EndpointRounds.LEASE.dividedBy(3));
    stores.webhooks().release(endpoint.id(), NODE);

    assertThat(run(later.minusMillis(1))).isEmpty();
    assertThat(rounds.run(List.of(), page(), later)).isNull();
  }

  private Order place() {
    OrderInsert submission =
        new OrderInsert(SampleOrders.placedAfterSeconds(0), null, null, "key_1");
    return switch (stores.orders().insert(submission)) {
      case InsertResult.Inserted(Order order) -> order;
      case InsertResult.LimitExceeded _ -> throw new AssertionError("no limit");
    };
  }

  private List<Delivery> run(Instant now, Answer... answers) {
    List<Delivery> next = rounds.run(List.of(answers), page(), now);
    assertThat(next).isNotNull();
    return next == null ? List.of() : next;
  }

  private EventPage page() {
    return pageAfter(rounds.status().position());
  }

  private EventPage pageAfter(EventPosition position) {
    return stores.events().read(position, EventFilter.ALL, EndpointRounds.MAX_NEW);
  }

  private Delivery stored(Delivery delivery) {
    return stores.webhooks().list(delivery.endpoint(), null, null, 1_000).stream()
        .filter(one -> one.id().equals(delivery.id()))
        .findFirst()
        .orElseThrow();
  }

  private static Answer success(Delivery delivery) {
    return new Answer(delivery, FakeWebhookGateway.answer(NOW, 200));
  }

  private static Answer failure(Delivery delivery, int status) {
    return new Answer(delivery, FakeWebhookGateway.answer(NOW, status));
  }

  private WebhookEndpoint endpoint(WebhookFilter filter) {
    return WebhookEndpoint.create(
        new WebhookEndpointId(SampleOrders.nextId().value()),
        new WebhookContent(
            new WebhookUrl("https://shop.example/hooks"),
            "",
            Set.of(new EventTypePattern("order.*")),
            filter,
            PayloadForm.FULL),
        new WebhookSecret(1, FakeWebhookGateway.SECRET, NOW, null),
        "usr_1");
  }

  private EndpointRounds rounds(WebhookEndpoint added) {
    assertThat(stores.webhooks().add(added, stores.events().latest(), 9)).isTrue();
    return roundsOf(added.id());
  }

  private EndpointRounds roundsOf(WebhookEndpointId id) {
    return new EndpointRounds(
        stores.webhooks(),
        NODE,
        () -> SampleOrders.nextId().value(),
        bound -> 0,
        stores.webhooks().lease(id, NODE, EndpointRounds.LEASE).orElseThrow(),
        NOW);
  }
}
