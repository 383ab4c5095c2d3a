package kassa.contract.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import kassa.application.port.out.webhook.DeliveryStore;
import kassa.application.port.out.webhook.WebhookStore;
import kassa.domain.event.EventPosition;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/** In-memory stores of webhooks of {@link InMemoryStores}. A lease of no time expires at once. */
public final class InMemoryWebhookStore implements WebhookStore, DeliveryStore {

  private static final Comparator<Delivery> BY_POSITION =
      Comparator.comparing(delivery -> delivery.event().position());

  private final InMemoryStores stores;
  private final NavigableMap<UUID, StoredEndpoint> endpoints = new TreeMap<>();
  private final NavigableMap<UUID, Delivery> deliveries = new TreeMap<>();

  /** Stored endpoint, with the node that holds its lease. */
  private record StoredEndpoint(
      WebhookEndpoint endpoint,
      EventPosition position,
      CircuitBreaker breaker,
      @Nullable UUID leaseNode) {}

  InMemoryWebhookStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public boolean add(WebhookEndpoint endpoint, EventPosition start, int max) {
    synchronized (stores) {
      stores.requireAvailable();
      if (endpoints.size() >= max) {
        return false;
      }
      endpoints.put(
          endpoint.id().value(), new StoredEndpoint(endpoint, start, CircuitBreaker.CLOSED, null));
      return true;
    }
  }

  @Override
  public Optional<EndpointStatus> find(WebhookEndpointId id) {
    synchronized (stores) {
      stores.requireAvailable();
      return Optional.ofNullable(endpoints.get(id.value())).map(this::status);
    }
  }

  private EndpointStatus status(StoredEndpoint stored) {
    WebhookEndpointId id = stored.endpoint().id();
    long pending =
        deliveries.values().stream()
            .filter(one -> one.endpoint().equals(id) && one.state() == DeliveryState.PENDING)
            .count();
    return new EndpointStatus(
        stored.endpoint(), stored.position(), stored.breaker(), (int) pending);
  }

  @Override
  public List<EndpointStatus> list(@Nullable WebhookEndpointId after, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      return endpoints.values().stream()
          .filter(one -> after == null || one.endpoint().id().value().compareTo(after.value()) > 0)
          .limit(limit)
          .map(this::status)
          .toList();
    }
  }

  @Override
  public boolean update(WebhookEndpoint endpoint) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredEndpoint stored = endpoints.get(endpoint.id().value());
      if (stored == null || stored.endpoint().version() != endpoint.version() - 1) {
        return false;
      }
      boolean isResumed = stored.endpoint().isPaused() && !endpoint.isPaused();
      endpoints.put(
          endpoint.id().value(),
          new StoredEndpoint(
              endpoint,
              stored.position(),
              isResumed ? CircuitBreaker.CLOSED : stored.breaker(),
              stored.leaseNode()));
      if (isResumed) {
        retryNow(endpoint);
      }
      return true;
    }
  }

  private void retryNow(WebhookEndpoint endpoint) {
    deliveries.replaceAll((id, one) -> {
      Instant next = one.progress().nextAt();
      return one.endpoint().equals(endpoint.id())
              && next != null
              && next.isAfter(endpoint.updatedAt())
          ? changed(
              one,
              DeliveryState.PENDING,
              new Delivery.Progress(
                  one.progress().attempts(), one.progress().failures(), endpoint.updatedAt()),
              one.lastAttempts())
          : one;
    });
  }

  @Override
  public boolean moveTo(WebhookEndpointId id, EventPosition position) {
    synchronized (stores) {
      stores.requireAvailable();
      return endpoints.computeIfPresent(
              id.value(),
              (same, one) ->
                  new StoredEndpoint(one.endpoint(), position, one.breaker(), one.leaseNode()))
          != null;
    }
  }

  @Override
  public boolean delete(WebhookEndpointId id) {
    synchronized (stores) {
      stores.requireAvailable();
      return endpoints.remove(id.value()) != null;
    }
  }

  @Override
  public List<WebhookEndpointId> available(UUID node) {
    synchronized (stores) {
      stores.requireAvailable();
      return endpoints.values().stream()
          .filter(one -> isAvailable(one, node))
          .map(one -> one.endpoint().id())
          .toList();
    }
  }

  private static boolean isAvailable(StoredEndpoint stored, UUID node) {
    return !stored.endpoint().isPaused()
        && (stored.leaseNode() == null || stored.leaseNode().equals(node));
  }

  @Override
  public Optional<EndpointStatus> lease(WebhookEndpointId endpoint, UUID node, Duration duration) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredEndpoint stored = endpoints.get(endpoint.value());
      if (stored == null || !isAvailable(stored, node)) {
        return Optional.empty();
      }
      StoredEndpoint leased =
          new StoredEndpoint(
              stored.endpoint(),
              stored.position(),
              stored.breaker(),
              duration.isZero() ? null : node);
      endpoints.put(endpoint.value(), leased);
      return Optional.of(status(leased));
    }
  }

  @Override
  public void release(WebhookEndpointId endpoint, UUID node) {
    synchronized (stores) {
      stores.requireAvailable();
      endpoints.computeIfPresent(
          endpoint.value(),
          (id, one) ->
              node.equals(one.leaseNode())
                  ? new StoredEndpoint(one.endpoint(), one.position(), one.breaker(), null)
                  : one);
    }
  }

  @Override
  public List<Delivery> due(
      WebhookEndpointId endpoint, Instant now, Collection<String> except, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      return first(endpoint, except).stream()
          .filter(one -> !next(one).isAfter(now))
          .sorted(Comparator.comparing(InMemoryWebhookStore::next).thenComparing(BY_POSITION))
          .limit(limit)
          .toList();
    }
  }

  @Override
  public @Nullable Instant nextDue(WebhookEndpointId endpoint, Collection<String> except) {
    synchronized (stores) {
      stores.requireAvailable();
      return first(endpoint, except).stream()
          .map(InMemoryWebhookStore::next)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  private static Instant next(Delivery delivery) {
    Instant next = delivery.progress().nextAt();
    return next == null ? Instant.MAX : next;
  }

  private List<Delivery> first(WebhookEndpointId endpoint, Collection<String> except) {
    Set<String> seen = new HashSet<>(except);
    return deliveries.values().stream()
        .filter(one -> one.endpoint().equals(endpoint) && one.state() == DeliveryState.PENDING)
        .sorted(BY_POSITION)
        .filter(one -> seen.add(one.event().subject()))
        .map(one -> changed(one, one.state(), one.progress(), List.of()))
        .toList();
  }

  @Override
  public boolean store(Round round) {
    synchronized (stores) {
      stores.requireAvailable();
      StoredEndpoint stored = endpoints.get(round.endpoint().value());
      if (stored == null || !round.node().equals(stored.leaseNode())) {
        return false;
      }
      round.created().forEach(this::create);
      round.results().forEach(this::apply);
      EventPosition position = round.position();
      boolean moves = position != null && stored.position().equals(round.from());
      WebhookEndpoint endpoint = stored.endpoint();
      endpoints.put(
          round.endpoint().value(),
          new StoredEndpoint(
              round.pauseReason() == null || endpoint.isPaused()
                  ? endpoint
                  : endpoint.withPause(round.pauseReason(), endpoint.updatedAt()),
              moves && position != null ? position : stored.position(),
              round.breaker(),
              round.lease().isZero() ? null : round.node()));
      return true;
    }
  }

  private void create(Delivery delivery) {
    Optional<Delivery> known =
        deliveries.values().stream()
            .filter(one ->
                one.endpoint().equals(delivery.endpoint())
                    && one.event().id().equals(delivery.event().id()))
            .findFirst();
    if (known.isPresent()) {
      repeat(known.get(), next(delivery));
    } else {
      deliveries.put(delivery.id().value(), delivery);
    }
  }

  private Delivery repeat(Delivery delivery, Instant at) {
    Delivery again =
        changed(
            delivery,
            DeliveryState.PENDING,
            new Delivery.Progress(delivery.progress().attempts(), 0, at),
            delivery.lastAttempts());
    deliveries.put(delivery.id().value(), again);
    return again;
  }

  private void apply(Result result) {
    deliveries.computeIfPresent(
        result.delivery().id().value(),
        (id, one) -> {
          List<DeliveryAttempt> attempts = new ArrayList<>(one.lastAttempts());
          attempts.add(result.attempt());
          int first = Math.max(0, attempts.size() - Delivery.MAX_STORED_ATTEMPTS);
          return changed(
              one, result.state(), result.progress(), attempts.subList(first, attempts.size()));
        });
  }

  private static Delivery changed(
      Delivery delivery,
      DeliveryState state,
      Delivery.Progress progress,
      List<DeliveryAttempt> attempts) {
    return new Delivery(
        delivery.id(),
        delivery.endpoint(),
        delivery.event(),
        state,
        progress,
        delivery.createdAt(),
        attempts);
  }

  @Override
  public List<Delivery> list(
      WebhookEndpointId endpoint,
      @Nullable DeliveryId before,
      @Nullable DeliveryState state,
      int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      return new ArrayList<>(deliveries.values())
          .reversed().stream()
              .filter(one -> one.endpoint().equals(endpoint))
              .filter(one -> before == null || one.id().value().compareTo(before.value()) < 0)
              .filter(one -> state == null || one.state() == state)
              .limit(limit)
              .toList();
    }
  }

  @Override
  public Optional<Delivery> resend(WebhookEndpointId endpoint, DeliveryId delivery, Instant at) {
    synchronized (stores) {
      stores.requireAvailable();
      return Optional.ofNullable(deliveries.get(delivery.value()))
          .filter(one -> one.endpoint().equals(endpoint))
          .map(one -> repeat(one, at));
    }
  }

  @Override
  public int purge(Instant before, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      List<UUID> old =
          deliveries.values().stream()
              .filter(one ->
                  !endpoints.containsKey(one.endpoint().value())
                      || (one.state() != DeliveryState.PENDING && one.createdAt().isBefore(before)))
              .map(one -> one.id().value())
              .limit(limit)
              .toList();
      old.forEach(deliveries::remove);
      return old.size();
    }
  }
}
