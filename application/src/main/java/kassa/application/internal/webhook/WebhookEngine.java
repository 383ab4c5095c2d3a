package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.internal.event.EventFeed;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.port.in.webhook.DeliverWebhooks;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.event.EventLog;
import kassa.application.port.out.webhook.WebhookGateway;
import kassa.application.port.out.webhook.WebhookStores;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the events of all endpoints whose lease this node gets. Each endpoint has a virtual
 * thread of its own, so that a slow one holds back no other. Thread-safe.
 */
public final class WebhookEngine implements DeliverWebhooks {

  /** How many deliveries of this node may be in progress. */
  private static final int MAX_IN_FLIGHT = 32;

  private static final int PURGE_PORTION = 1_000;

  private final WebhookStores stores;
  private final EventLog log;
  private final EventFeed feed;
  private final WebhookGateway gateway;
  private final AuditTrail trail;
  private final int maxPerSecond;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final IntUnaryOperator random;
  private final Map<WebhookEndpointId, Boolean> running = new ConcurrentHashMap<>();
  private final UUID node;
  private volatile boolean isStopped;
  private @Nullable Running threads;

  /** What runs once there is an endpoint: the loops of the endpoints, and their deliveries. */
  private record Running(ExecutorService loops, ExecutorService deliveries, EndpointLoop loop) {}

  /**
   * @param maxPerSecond the maximum number of deliveries of this node in a second, 1 or more
   * @param random returns a random number below its argument
   */
  public WebhookEngine(
      WebhookStores stores,
      EventLog log,
      EventFeed feed,
      WebhookGateway gateway,
      AuditTrail trail,
      int maxPerSecond,
      InstantSource clock,
      Supplier<UUID> ids,
      IntUnaryOperator random) {
    this.stores = stores;
    this.log = log;
    this.feed = feed;
    this.gateway = gateway;
    this.trail = trail;
    this.maxPerSecond = maxPerSecond;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
    this.node = ids.get();
  }

  @Override
  public void takeEndpoints() {
    if (isStopped) {
      return;
    }
    try {
      for (WebhookEndpointId id : stores.deliveries().available(node)) {
        if (running.putIfAbsent(id, true) == null) {
          start(id);
        }
      }
    } catch (StoreUnavailableException unavailable) {
      // The next call tries again; other tasks report the outage.
    }
  }

  private synchronized void start(WebhookEndpointId id) {
    Running current = threads == null ? create() : threads;
    threads = current;
    current.loops().execute(() -> run(current.loop(), id));
  }

  private Running create() {
    ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    DeliveryPace pace = new DeliveryPace(MAX_IN_FLIGHT, maxPerSecond, clock);
    DeliverySending sending = new DeliverySending(log, gateway, pace, deliveries, clock);
    return new Running(
        Executors.newVirtualThreadPerTaskExecutor(),
        deliveries,
        new EndpointLoop(stores, feed, sending, trail, node, clock, ids, random));
  }

  private void run(EndpointLoop endpoints, WebhookEndpointId id) {
    try {
      endpoints.run(id, () -> isStopped);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (StoreUnavailableException unavailable) {
      // The lease expires, and the next call of takeEndpoints starts again.
    } finally {
      running.remove(id);
    }
  }

  @Override
  public int purge(Duration retention) {
    Instant before = clock.instant().minus(retention);
    int total = 0;
    int deleted;
    do {
      deleted = isStopped ? 0 : stores.deliveries().purge(before, PURGE_PORTION);
      total += deleted;
    } while (deleted == PURGE_PORTION);
    return total;
  }

  @Override
  public void close() {
    isStopped = true;
    Running current;
    synchronized (this) {
      current = threads;
    }
    if (current != null) {
      // The loops end when their last deliveries have.
      current.loops().close();
      current.deliveries().close();
    }
  }
}
