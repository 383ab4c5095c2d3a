package kassa.application.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kassa.application.internal.event.EventFeed;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.application.port.out.webhook.WebhookSender.Message;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPosition;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.order.Order;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EventTypePattern;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.PayloadForm;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import kassa.domain.webhook.WebhookFilter;
import kassa.domain.webhook.WebhookSecret;
import kassa.domain.webhook.WebhookUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookEngineTest {

  private final InMemoryStores stores = new InMemoryStores();
  private final FakeWebhookGateway receivers = new FakeWebhookGateway();
  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private final List<WebhookEngine> engines = new ArrayList<>();

  @AfterEach
  void stop() {
    engines.forEach(WebhookEngine::close);
  }

  @Test
  void delivers_events_in_order_and_logs_them() throws Exception {
    receiveAll();
    WebhookEndpoint endpoint = add("https://shop.example/");
    engine().takeEndpoints();

    Order order = place();
    assertThat(SampleOrderChanges.cancel(stores.orders(), order.id(), Instant.now())).isTrue();

    Message placed = next();
    Message cancelled = next();
    assertThat(placed.url()).isEqualTo(endpoint.content().url());
    assertThat(placed.secrets()).isEqualTo(endpoint.secrets());
    assertThat(List.of(placed.id(), cancelled.id())).isEqualTo(eventIds());
    awaitDelivered(endpoint, 2);
  }

  @Test
  void a_receiver_that_hangs_holds_back_no_other() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    receivers.receive(message -> {
      if (message.url().host().equals("hanging.example")) {
        await(released);
      } else {
        received.add(message);
      }
      return FakeWebhookGateway.answer(message.at(), 200);
    });
    add("https://hanging.example/");
    add("https://shop.example/");
    engine().takeEndpoints();
    for (int i = 0; i < 20; i++) {
      place();
    }

    for (int i = 0; i < 20; i++) {
      assertThat(next().url().host()).isEqualTo("shop.example");
    }
    released.countDown();
  }

  @Test
  void a_paused_endpoint_goes_on_where_it_stopped() {
    AtomicInteger answers = new AtomicInteger();
    List<String> accepted = new CopyOnWriteArrayList<>();
    receivers.receive(message -> {
      if (answers.incrementAndGet() == 1) {
        return FakeWebhookGateway.answer(message.at(), 410);
      }
      accepted.add(message.id());
      return FakeWebhookGateway.answer(message.at(), 200);
    });
    WebhookEndpoint endpoint = add("https://shop.example/");
    WebhookEngine engine = engine();
    engine.takeEndpoints();
    place();
    WebhookEndpoint paused = awaitPaused(endpoint);
    assertThat(paused.pauseReason()).isEqualTo(PauseReason.GONE);
    place();
    assertThat(accepted).isEmpty();

    assertThat(stores.webhooks().update(paused.withPause(null, Instant.now()))).isTrue();
    while (stores.webhooks().list(endpoint.id(), null, DeliveryState.DELIVERED, 9).size() < 2) {
      engine.takeEndpoints();
      Thread.onSpinWait();
    }

    assertThat(accepted).containsExactlyInAnyOrderElementsOf(eventIds());
    assertThat(stores.auditLog().list(null, 9))
        .anyMatch(entry -> entry.event().kind() == Kind.WEBHOOK_PAUSED);
  }

  @Test
  void another_node_takes_over_after_a_close_and_sends_nothing_twice() throws Exception {
    receiveAll();
    WebhookEndpoint endpoint = add("https://shop.example/");
    WebhookEngine first = engine();
    WebhookEngine second = engine();
    first.takeEndpoints();
    place();
    next();
    second.takeEndpoints();
    assertThat(stores.webhooks().available(new UUID(9, 9))).isEmpty();

    first.close();
    second.takeEndpoints();
    place();

    next();
    awaitDelivered(endpoint, 2);
    assertThat(received).isEmpty();
  }

  @Test
  void starts_no_thread_without_an_endpoint() {
    engine().takeEndpoints();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("kassa-event-feed"));
  }

  private List<String> eventIds() {
    return stores.events().read(EventPosition.START, EventFilter.ALL, 99).events().stream()
        .map(event -> event.id().toString())
        .toList();
  }

  private void receiveAll() {
    receivers.receive(message -> {
      received.add(message);
      return FakeWebhookGateway.answer(message.at(), 204);
    });
  }

  private Message next() throws InterruptedException {
    Message message = received.poll(20, TimeUnit.SECONDS);
    assertThat(message).isNotNull();
    return message;
  }

  private Order place() {
    OrderInsert submission =
        new OrderInsert(SampleOrders.placedAfterSeconds(0), null, null, "key_1");
    return switch (stores.orders().insert(submission)) {
      case InsertResult.Inserted(Order order) -> order;
      case InsertResult.LimitExceeded _ -> throw new AssertionError("no limit");
    };
  }

  private void awaitDelivered(WebhookEndpoint endpoint, int count) {
    while (stores.webhooks().list(endpoint.id(), null, DeliveryState.DELIVERED, 99).size()
        < count) {
      Thread.onSpinWait();
    }
  }

  private WebhookEndpoint awaitPaused(WebhookEndpoint endpoint) {
    WebhookEndpoint current;
    do {
      Thread.onSpinWait();
      current = stores.webhooks().find(endpoint.id()).orElseThrow().endpoint();
    } while (!current.isPaused());
    return current;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private WebhookEndpoint add(String url) {
    WebhookEndpoint endpoint =
        WebhookEndpoint.create(
            new WebhookEndpointId(SampleOrders.nextId().value()),
            new WebhookContent(
                new WebhookUrl(url),
                "",
                Set.of(new EventTypePattern("order.*")),
                WebhookFilter.NONE,
                PayloadForm.FULL),
            new WebhookSecret(1, FakeWebhookGateway.SECRET, Instant.EPOCH, null),
            "usr_1");
    assertThat(stores.webhooks().add(endpoint, stores.events().latest(), 9)).isTrue();
    return endpoint;
  }

  private WebhookEngine engine() {
    InstantSource clock = InstantSource.system();
    WebhookEngine engine =
        new WebhookEngine(
            stores.all().webhooks(),
            stores.events(),
            new EventFeed(stores.events()),
            receivers.gateway(),
            new AuditTrail(stores.auditLog(), clock),
            10_000,
            clock,
            () -> SampleOrders.nextId().value(),
            bound -> 0);
    engines.add(engine);
    return engine;
  }
}
