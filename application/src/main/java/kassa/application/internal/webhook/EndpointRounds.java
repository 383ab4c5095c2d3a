package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.port.out.webhook.DeliveryStore;
import kassa.application.port.out.webhook.WebhookSender;
import kassa.domain.event.Event;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.Delivery.EventKey;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.PauseReason;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one endpoint, round by round, while this node holds its lease. A round stores
 * the results of attempts and the new events, and chooses what to send next. It neither waits nor
 * sends. Not thread-safe.
 */
final class EndpointRounds {

  /** The lease outlives two renewals that fail. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** How many deliveries of an endpoint may be in progress. */
  static final int MAX_IN_FLIGHT = 8;

  /** With so many pending deliveries an endpoint takes no more events: they wait in the log. */
  static final int MAX_PENDING = 500;

  /** How many events are taken at a time. */
  static final int MAX_NEW = 50;

  private static final Duration RENEWAL = LEASE.dividedBy(3);
  private static final int CHANCES = 1_000;

  private final DeliveryStore store;
  private final UUID node;
  private final Supplier<UUID> ids;
  private final IntUnaryOperator random;
  private final Map<String, Delivery> inFlight = new HashMap<>();
  private EndpointStatus status;
  private CircuitBreaker breaker;
  private Instant renewedAt;
  private @Nullable PauseReason pausedBy;

  /**
   * @param status the endpoint, whose lease this node has just taken
   */
  EndpointRounds(
      DeliveryStore store,
      UUID node,
      Supplier<UUID> ids,
      IntUnaryOperator random,
      EndpointStatus status,
      Instant now) {
    this.store = store;
    this.node = node;
    this.ids = ids;
    this.random = random;
    this.status = status;
    this.breaker = status.breaker();
    this.renewedAt = now;
  }

  /** Answer to a delivery. */
  record Answer(Delivery delivery, WebhookSender.Result result) {}

  /** The endpoint as of the last round or {@link #refresh}. */
  EndpointStatus status() {
    return status;
  }

  /** Takes over what others changed of the endpoint: its content, its secrets, its position. */
  void refresh(EndpointStatus current) {
    status = current;
    breaker = current.breaker();
  }

  /** Whether the endpoint takes more events. */
  boolean takesEvents() {
    return status.pending() < MAX_PENDING;
  }

  /** Why the last round paused the endpoint; {@code null} if it did not. */
  @Nullable PauseReason pausedBy() {
    return pausedBy;
  }

  /** How many deliveries are in progress. */
  int inFlight() {
    return inFlight.size();
  }

  /**
   * Runs a round.
   *
   * @param answers the answers since the last round
   * @param page the events after the position of {@link #status}
   * @return the deliveries to send, whose answers belong to later rounds; {@code null} if the node
   *     lost the lease or the endpoint was paused by an answer
   */
  @Nullable List<Delivery> run(Collection<Answer> answers, EventPage page, Instant now) {
    Results applied = apply(answers, now);
    List<Delivery> created = newDeliveries(page, now);
    EventPosition from = status.position();
    EventPosition next = page.next().equals(from) ? null : page.next();
    boolean hasNews = !applied.results().isEmpty() || next != null;
    if ((hasNews || !now.isBefore(renewedAt.plus(RENEWAL)))
        && !store(applied, created, from, next, now)) {
      return null;
    }
    pausedBy = applied.pause();
    return pausedBy == null ? choose(now) : null;
  }

  /**
   * Stores the last answers, and starts nothing.
   *
   * @return whether the node still held the lease
   */
  boolean store(Collection<Answer> answers, Instant now) {
    return store(apply(answers, now), List.of(), status.position(), null, now);
  }

  /** Results of attempts, and why the endpoint is paused after them. */
  private record Results(List<DeliveryStore.Result> results, @Nullable PauseReason pause) {}

  private Results apply(Collection<Answer> answers, Instant now) {
    List<DeliveryStore.Result> results = new ArrayList<>();
    PauseReason pause = null;
    for (Answer answer : answers) {
      inFlight.remove(answer.delivery().event().subject());
      AttemptRules rules =
          AttemptRules.apply(
              answer.delivery(), answer.result(), breaker, now, random.applyAsInt(CHANCES));
      results.add(rules.result());
      breaker = rules.breaker();
      pause = rules.pauseReason() == null ? pause : rules.pauseReason();
    }
    return new Results(results, pause);
  }

  private boolean store(
      Results applied,
      List<Delivery> created,
      EventPosition from,
      @Nullable EventPosition next,
      Instant now) {
    boolean isHeld =
        store.store(
            new DeliveryStore.Round(
                status.endpoint().id(),
                node,
                LEASE,
                created,
                next,
                from,
                applied.results(),
                breaker,
                applied.pause()));
    if (isHeld) {
      renewedAt = now;
      moveOn(next == null ? from : next, created.size(), applied.results());
    }
    return isHeld;
  }

  private void moveOn(EventPosition position, int added, List<DeliveryStore.Result> results) {
    long ended = results.stream().filter(result -> result.state() != DeliveryState.PENDING).count();
    int pending = Math.max(0, status.pending() + added - (int) ended);
    status = new EndpointStatus(status.endpoint(), position, breaker, pending);
  }

  private List<Delivery> newDeliveries(EventPage page, Instant now) {
    List<Delivery> created = new ArrayList<>();
    for (Event event : page.events()) {
      if (EventSelection.selects(status.endpoint().content(), event)) {
        created.add(newDelivery(event, now.truncatedTo(ChronoUnit.MICROS)));
      }
    }
    return created;
  }

  private Delivery newDelivery(Event event, Instant now) {
    EventKey key =
        new EventKey(event.id(), event.type().wireName(), event.subject().id(), event.position());
    return new Delivery(
        new DeliveryId(ids.get()),
        status.endpoint().id(),
        key,
        DeliveryState.PENDING,
        new Delivery.Progress(0, 0, now),
        now,
        List.of());
  }

  /** A receiver that fails gets fewer deliveries at a time, so that it does not block others. */
  private List<Delivery> choose(Instant now) {
    int bound = Math.max(1, MAX_IN_FLIGHT - breaker.failures());
    int free = breaker.permits(now, bound) - inFlight.size();
    if (free <= 0 || status.pending() == 0) {
      return List.of();
    }
    List<Delivery> due = store.due(status.endpoint().id(), now, inFlight.keySet(), free);
    due.forEach(delivery -> inFlight.put(delivery.event().subject(), delivery));
    return due;
  }

  /** How long to wait for the next due delivery, at most {@code max}. */
  Duration waitForNext(Instant now, Duration max) {
    if (status.pending() == 0) {
      return max;
    }
    Instant due = store.nextDue(status.endpoint().id(), inFlight.keySet());
    Instant open = breaker.openUntil();
    Instant at = due == null ? now.plus(max) : open != null && open.isAfter(due) ? open : due;
    Duration wait = Duration.between(now, at);
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(max) > 0 ? max : wait;
  }
}
