package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import kassa.application.port.out.webhook.DeliveryStore;
import kassa.application.port.out.webhook.DeliveryStore.Round;
import kassa.application.port.out.webhook.WebhookStore;
import kassa.application.port.out.webhook.WebhookStores;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.catalogue.Sku;
import kassa.domain.event.EventId;
import kassa.domain.event.EventPosition;
import kassa.domain.money.Money;
import kassa.domain.order.OrderStatus;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.EventTypePattern;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import kassa.domain.webhook.WebhookFilter;
import kassa.domain.webhook.WebhookSecret;
import kassa.domain.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of the stores of webhooks: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class WebhookStoreContract {

  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00.123456Z");
  private static final EventPosition START = new EventPosition(0, 5, 6);
  private static final Duration LONG = Duration.ofHours(1);
  private static final UUID NODE = new UUID(1, 1);
  private static final UUID OTHER_NODE = new UUID(1, 2);

  /** The stores under test. */
  protected abstract WebhookStores stores();

  private WebhookStore endpoints() {
    return stores().endpoints();
  }

  private DeliveryStore deliveries() {
    return stores().deliveries();
  }

  @Test
  void finds_and_lists_endpoints_as_they_were_added() {
    WebhookEndpoint plain = add(endpoint(WebhookFilter.NONE));
    WebhookEndpoint rich =
        endpoint(
                new WebhookFilter(
                    Set.of(OrderStatus.PAID, OrderStatus.CANCELLED),
                    new Money(1_250, Currency.getInstance("EUR")),
                    new Sku("A/B"),
                    "web"))
            .rotated(FakeWebhookGateway.SECRET, NOW.plusSeconds(60), NOW)
            .orElseThrow()
            .withPause(PauseReason.GONE, NOW.plusSeconds(1));
    assertThat(endpoints().add(rich, START, 2)).isTrue();

    assertThat(endpoints().find(plain.id())).contains(status(plain, 0));
    assertThat(endpoints().find(rich.id())).contains(status(rich, 0));
    assertThat(endpoints().find(nextId())).isEmpty();
    assertThat(endpoints().list(null, 1)).containsExactly(status(plain, 0));
    assertThat(endpoints().list(plain.id(), 5)).containsExactly(status(rich, 0));
    assertThat(endpoints().add(endpoint(WebhookFilter.NONE), START, 2)).isFalse();
  }

  @Test
  void updates_only_the_version_before() {
    WebhookEndpoint first = add(endpoint(WebhookFilter.NONE));
    WebhookEndpoint second = first.rotated(FakeWebhookGateway.SECRET, null, NOW).orElseThrow();

    assertThat(endpoints().update(second)).isTrue();
    assertThat(endpoints().update(first.withPause(PauseReason.PERSON, NOW))).isFalse();
    assertThat(endpoints().find(first.id()).orElseThrow().endpoint()).isEqualTo(second);
    assertThat(endpoints().update(endpoint(WebhookFilter.NONE))).isFalse();
  }

  @Test
  void one_node_at_a_time_holds_the_lease() {
    WebhookEndpoint endpoint = add(endpoint(WebhookFilter.NONE));

    assertThat(deliveries().available(NODE)).containsExactly(endpoint.id());
    assertThat(deliveries().lease(endpoint.id(), NODE, LONG)).contains(status(endpoint, 0));
    assertThat(deliveries().lease(endpoint.id(), NODE, LONG)).isPresent();
    assertThat(deliveries().lease(endpoint.id(), OTHER_NODE, LONG)).isEmpty();
    assertThat(deliveries().available(OTHER_NODE)).isEmpty();
    assertThat(deliveries().store(round(endpoint, OTHER_NODE).build())).isFalse();

    deliveries().release(endpoint.id(), OTHER_NODE);
    assertThat(deliveries().available(OTHER_NODE)).isEmpty();
    deliveries().release(endpoint.id(), NODE);

    assertThat(deliveries().lease(endpoint.id(), OTHER_NODE, LONG)).isPresent();
    assertThat(deliveries().store(round(endpoint, NODE).build())).isFalse();
  }

  @Test
  void a_lease_expires() {
    WebhookEndpoint endpoint = add(endpoint(WebhookFilter.NONE));
    assertThat(deliveries().lease(endpoint.id(), NODE, Duration.ZERO)).isPresent();

    assertThat(deliveries().available(OTHER_NODE)).containsExactly(endpoint.id());
    assertThat(deliveries().lease(endpoint.id(), OTHER_NODE, LONG)).isPresent();
  }

  @Test
  void concurrent_nodes_get_one_lease() throws Exception {
    WebhookEndpoint endpoint = add(endpoint(WebhookFilter.NONE));

    List<Boolean> leases =
        ConcurrentRuns.run(
            4, 16, i -> deliveries().lease(endpoint.id(), new UUID(2, i), LONG).isPresent());

    assertThat(leases).containsOnlyOnce(true);
  }

  @Test
  void a_paused_or_deleted_endpoint_is_not_served() {
    WebhookEndpoint endpoint = add(endpoint(WebhookFilter.NONE));
    endpoints().update(endpoint.withPause(PauseReason.PERSON, NOW));

    assertThat(deliveries().available(NODE)).isEmpty();
    assertThat(deliveries().lease(endpoint.id(), NODE, LONG)).isEmpty();
    assertThat(endpoints().delete(endpoint.id())).isTrue();
    assertThat(endpoints().delete(endpoint.id())).isFalse();
    assertThat(endpoints().find(endpoint.id())).isEmpty();
    assertThat(deliveries().lease(endpoint.id(), NODE, LONG)).isEmpty();
  }

  @Test
  void new_deliveries_and_the_position_are_stored_together() {
    WebhookEndpoint endpoint = leased();
    Delivery delivery = delivery(endpoint, "ord_1", 7);
    EventPosition next = new EventPosition(0, 9, 1);

    assertThat(
            deliveries()
                .store(round(endpoint, NODE).creating(delivery).movingTo(START, next).build()))
        .isTrue();

    EndpointStatus stored = endpoints().find(endpoint.id()).orElseThrow();
    assertThat(stored.position()).isEqualTo(next);
    assertThat(stored.pending()).isEqualTo(1);
    assertThat(deliveries().list(endpoint.id(), null, null, 5)).containsExactly(delivery);
  }

  @Test
  void a_position_that_was_moved_meanwhile_stays() {
    WebhookEndpoint endpoint = leased();
    EventPosition replayed = new EventPosition(0, 1, 1);
    assertThat(endpoints().moveTo(endpoint.id(), replayed)).isTrue();

    deliveries().store(round(endpoint, NODE).movingTo(START, new EventPosition(0, 9, 1)).build());

    assertThat(endpoints().find(endpoint.id()).orElseThrow().position()).isEqualTo(replayed);
    assertThat(endpoints().moveTo(nextId(), replayed)).isFalse();
  }

  @Test
  void only_the_oldest_pending_delivery_of_each_subject_is_due() {
    WebhookEndpoint endpoint = leased();
    Delivery first = delivery(endpoint, "ord_1", 7);
    Delivery second = delivery(endpoint, "ord_1", 8);
    Delivery other = delivery(endpoint, "ord_2", 9);
    deliveries().store(round(endpoint, NODE).creating(second, other, first).build());

    assertThat(deliveries().due(endpoint.id(), NOW, List.of(), 5)).containsExactly(first, other);
    assertThat(deliveries().due(endpoint.id(), NOW, List.of(), 1)).containsExactly(first);
    assertThat(deliveries().due(endpoint.id(), NOW, List.of("ord_1"), 5)).containsExactly(other);
    assertThat(deliveries().due(endpoint.id(), NOW.minusSeconds(1), List.of(), 5)).isEmpty();
    assertThat(deliveries().nextDue(endpoint.id(), List.of())).isEqualTo(NOW);
    assertThat(deliveries().nextDue(endpoint.id(), List.of("ord_1", "ord_2"))).isNull();

    deliveries().store(round(endpoint, NODE).delivered(first).build());

    assertThat(deliveries().due(endpoint.id(), NOW, List.of(), 5)).containsExactly(second, other);
  }

  @Test
  void a_failed_delivery_holds_back_its_subject_until_it_is_due() {
    WebhookEndpoint endpoint = leased();
    Delivery first = delivery(endpoint, "ord_1", 7);
    Delivery second = delivery(endpoint, "ord_1", 8);
    deliveries().store(round(endpoint, NODE).creating(first, second).build());

    deliveries().store(round(endpoint, NODE).failed(first, NOW.plusSeconds(5)).build());

    assertThat(deliveries().due(endpoint.id(), NOW.plusSeconds(4), List.of(), 5)).isEmpty();
    assertThat(deliveries().nextDue(endpoint.id(), List.of())).isEqualTo(NOW.plusSeconds(5));
    assertThat(deliveries().due(endpoint.id(), NOW.plusSeconds(5), List.of(), 5))
        .extracting(Delivery::id)
        .containsExactly(first.id());
    assertThat(deliveries().list(endpoint.id(), null, DeliveryState.PENDING, 5))
        .extracting(Delivery::id)
        .containsExactly(second.id(), first.id());
  }

  @Test
  void results_are_logged_and_the_oldest_attempts_are_deleted() {
    WebhookEndpoint endpoint = leased();
    Delivery delivery = delivery(endpoint, "ord_1", 7);
    deliveries().store(round(endpoint, NODE).creating(delivery).build());

    deliveries().store(round(endpoint, NODE).failed(delivery, NOW.plusSeconds(5)).build());
    Delivery failed = deliveries().list(endpoint.id(), null, null, 1).getFirst();
    assertThat(failed.lastAttempts()).containsExactly(attempt("status"));
    assertThat(failed.progress()).isEqualTo(new Delivery.Progress(1, 1, NOW.plusSeconds(5)));

    for (int i = 0; i < Delivery.MAX_STORED_ATTEMPTS; i++) {
      Delivery last = deliveries().list(endpoint.id(), null, null, 1).getFirst();
      deliveries().store(round(endpoint, NODE).delivered(last).build());
    }
    Delivery delivered = deliveries().list(endpoint.id(), null, null, 1).getFirst();
    assertThat(delivered.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(delivered.progress().attempts()).isEqualTo(Delivery.MAX_STORED_ATTEMPTS + 1);
    assertThat(delivered.lastAttempts())
        .hasSize(Delivery.MAX_STORED_ATTEMPTS)
        .containsOnly(attempt(null));
  }

  @Test
  void breaker_and_pause_are_stored_and_a_resumed_endpoint_tries_again_at_once() {
    WebhookEndpoint endpoint = leased();
    Delivery delivery = delivery(endpoint, "ord_1", 7);
    CircuitBreaker open = new CircuitBreaker(12, NOW.plusSeconds(60));
    deliveries()
        .store(
            round(endpoint, NODE)
                .creating(delivery)
                .failed(delivery, NOW.plusSeconds(600))
                .with(open, PauseReason.GONE)
                .build());

    EndpointStatus paused = endpoints().find(endpoint.id()).orElseThrow();
    assertThat(paused.breaker()).isEqualTo(open);
    assertThat(paused.endpoint().pauseReason()).isEqualTo(PauseReason.GONE);
    assertThat(paused.endpoint().version()).isEqualTo(2);

    WebhookEndpoint resumed = paused.endpoint().withPause(null, NOW.plusSeconds(1));
    assertThat(endpoints().update(resumed)).isTrue();

    assertThat(endpoints().find(endpoint.id()).orElseThrow().breaker())
        .isEqualTo(CircuitBreaker.CLOSED);
    assertThat(deliveries().nextDue(endpoint.id(), List.of())).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void an_event_that_is_read_again_and_a_delivery_that_is_sent_again_are_pending_again() {
    WebhookEndpoint endpoint = leased();
    Delivery delivery = delivery(endpoint, "ord_1", 7);
    deliveries().store(round(endpoint, NODE).creating(delivery).build());
    deliveries().store(round(endpoint, NODE).delivered(delivery).build());
    assertThat(deliveries().due(endpoint.id(), NOW, List.of(), 5)).isEmpty();

    Delivery again =
        new Delivery(
            new DeliveryId(SampleOrders.nextId().value()),
            endpoint.id(),
            delivery.event(),
            DeliveryState.PENDING,
            delivery.progress(),
            NOW,
            List.of());
    deliveries().store(round(endpoint, NODE).creating(again).build());

    assertThat(deliveries().due(endpoint.id(), NOW, List.of(), 5))
        .extracting(Delivery::id)
        .containsExactly(delivery.id());
    Delivery first = deliveries().list(endpoint.id(), null, null, 1).getFirst();
    deliveries().store(round(endpoint, NODE).delivered(first).build());

    Delivery resent =
        deliveries().resend(endpoint.id(), delivery.id(), NOW.plusSeconds(9)).orElseThrow();

    assertThat(resent.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(resent.progress()).isEqualTo(new Delivery.Progress(2, 0, NOW.plusSeconds(9)));
    assertThat(resent.lastAttempts()).hasSize(2);
    assertThat(deliveries().resend(nextId(), delivery.id(), NOW)).isEmpty();
  }

  @Test
  void lists_deliveries_newest_first_by_state() {
    WebhookEndpoint endpoint = leased();
    Delivery first = delivery(endpoint, "ord_1", 7);
    Delivery second = delivery(endpoint, "ord_2", 8);
    deliveries().store(round(endpoint, NODE).creating(first, second).build());
    deliveries().store(round(endpoint, NODE).delivered(second).build());

    assertThat(ids(deliveries().list(endpoint.id(), null, null, 5)))
        .containsExactly(second.id(), first.id());
    assertThat(ids(deliveries().list(endpoint.id(), second.id(), null, 5)))
        .containsExactly(first.id());
    assertThat(ids(deliveries().list(endpoint.id(), null, DeliveryState.DELIVERED, 5)))
        .containsExactly(second.id());
    assertThat(deliveries().list(nextId(), null, null, 5)).isEmpty();
  }

  @Test
  void purges_old_deliveries_that_ended_and_those_of_deleted_endpoints_in_portions() {
    WebhookEndpoint endpoint = leased();
    Delivery ended = delivery(endpoint, "ord_1", 7);
    Delivery alsoEnded = delivery(endpoint, "ord_2", 8);
    Delivery pending = delivery(endpoint, "ord_3", 9);
    deliveries().store(round(endpoint, NODE).creating(ended, alsoEnded, pending).build());
    deliveries().store(round(endpoint, NODE).delivered(ended).delivered(alsoEnded).build());

    assertThat(deliveries().purge(NOW, 10)).isZero();
    assertThat(deliveries().purge(NOW.plusSeconds(1), 1)).isEqualTo(1);
    assertThat(deliveries().purge(NOW.plusSeconds(1), 10)).isEqualTo(1);
    assertThat(deliveries().list(endpoint.id(), null, null, 5)).containsExactly(pending);
    endpoints().delete(endpoint.id());
    assertThat(deliveries().purge(NOW, 10)).isEqualTo(1);
    assertThat(deliveries().list(endpoint.id(), null, null, 5)).isEmpty();
  }

  private WebhookEndpoint add(WebhookEndpoint endpoint) {
    assertThat(endpoints().add(endpoint, START, 5)).isTrue();
    return endpoint;
  }

  private WebhookEndpoint leased() {
    WebhookEndpoint endpoint = add(endpoint(WebhookFilter.NONE));
    assertThat(deliveries().lease(endpoint.id(), NODE, LONG)).isPresent();
    return endpoint;
  }

  private static WebhookEndpointId nextId() {
    return new WebhookEndpointId(SampleOrders.nextId().value());
  }

  private static WebhookEndpoint endpoint(WebhookFilter filter) {
    return WebhookEndpoint.create(
        nextId(),
        new WebhookContent(
            new WebhookUrl("https://shop.example/hooks?a=1"),
            "Stock",
            Set.of(new EventTypePattern("order.*")),
            filter,
            PayloadForm.THIN),
        new WebhookSecret(1, FakeWebhookGateway.SECRET, NOW, null),
        "usr_1");
  }

  private static EndpointStatus status(WebhookEndpoint endpoint, int pending) {
    return new EndpointStatus(endpoint, START, CircuitBreaker.CLOSED, pending);
  }

  private static List<DeliveryId> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(Delivery::id).toList();
  }

  private static Delivery delivery(WebhookEndpoint endpoint, String subject, long number) {
    return new Delivery(
        new DeliveryId(SampleOrders.nextId().value()),
        endpoint.id(),
        new Delivery.EventKey(
            new EventId(SampleOrders.nextId().value()),
            "order.paid",
            subject,
            new EventPosition(3, number, -number)),
        DeliveryState.PENDING,
        new Delivery.Progress(0, 0, NOW),
        NOW,
        List.of());
  }

  private static DeliveryAttempt attempt(@Nullable String error) {
    return new DeliveryAttempt(
        NOW, Duration.ofMillis(12), error == null ? 204 : 500, error, "answer \uFFFD");
  }

  private static RoundBuilder round(WebhookEndpoint endpoint, UUID node) {
    return new RoundBuilder(endpoint, node);
  }

  /** Builds a round. */
  private static final class RoundBuilder {

    private final WebhookEndpoint endpoint;
    private final UUID node;
    private List<Delivery> created = List.of();
    private final List<DeliveryStore.Result> results = new ArrayList<>();
    private EventPosition from = START;
    private @Nullable EventPosition next;
    private CircuitBreaker breaker = CircuitBreaker.CLOSED;
    private @Nullable PauseReason pause;

    RoundBuilder(WebhookEndpoint endpoint, UUID node) {
      this.endpoint = endpoint;
      this.node = node;
    }

    RoundBuilder creating(Delivery... deliveries) {
      created = List.of(deliveries);
      return this;
    }

    RoundBuilder movingTo(EventPosition before, EventPosition after) {
      from = before;
      next = after;
      return this;
    }

    RoundBuilder delivered(Delivery delivery) {
      return result(delivery, null, DeliveryState.DELIVERED, 0, null);
    }

    RoundBuilder failed(Delivery delivery, Instant nextAt) {
      return result(delivery, "status", DeliveryState.PENDING, 1, nextAt);
    }

    private RoundBuilder result(
        Delivery delivery,
        @Nullable String error,
        DeliveryState state,
        int failures,
        @Nullable Instant nextAt) {
      results.add(
          new DeliveryStore.Result(
              delivery,
              attempt(error),
              state,
              new Delivery.Progress(delivery.progress().attempts() + 1, failures, nextAt)));
      return this;
    }

    RoundBuilder with(CircuitBreaker other, PauseReason reason) {
      breaker = other;
      pause = reason;
      return this;
    }

    Round build() {
      return new Round(endpoint.id(), node, LONG, created, next, from, results, breaker, pause);
    }
  }
}
