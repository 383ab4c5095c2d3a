package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.internal.event.EventFeed;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.webhook.EndpointRounds.Answer;
import kassa.application.port.in.event.ReadEvents.Follower;
import kassa.application.port.out.webhook.WebhookStores;
import kassa.domain.event.EventPage;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.WebhookEndpointId;

/**
 * Delivers to one endpoint on a thread of its own, as long as this node holds its lease. The
 * deliveries themselves run on other threads and come back through a queue.
 *
 * @param stores the stores
 * @param feed the new events
 * @param sending sends the deliveries
 * @param trail records that an endpoint was paused
 * @param node this node
 * @param clock the time
 * @param ids generates ids of deliveries
 * @param random chooses the jitter
 */
record EndpointLoop(
    WebhookStores stores,
    EventFeed feed,
    DeliverySending sending,
    AuditTrail trail,
    UUID node,
    InstantSource clock,
    Supplier<UUID> ids,
    IntUnaryOperator random) {

  /** What others change of an endpoint takes effect within this time. */
  private static final Duration REFRESH = Duration.ofSeconds(1);

  /** While deliveries are in progress, the results of this time are stored together. */
  private static final Duration BUSY_INTERVAL = Duration.ofMillis(100);

  /** How long a stopping node waits for its deliveries. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(12);

  /**
   * Delivers until the endpoint is paused, deleted or taken by another node, or until it is
   * stopped.
   */
  void run(WebhookEndpointId id, BooleanSupplier isStopped) throws InterruptedException {
    EndpointStatus status = stores.deliveries().lease(id, node, EndpointRounds.LEASE).orElse(null);
    if (status == null) {
      return;
    }
    EndpointRounds rounds =
        new EndpointRounds(stores.deliveries(), node, ids, random, status, clock.instant());
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    try (Follower follower = feed.follow()) {
      deliver(rounds, follower, answers, isStopped);
      storeLast(rounds, answers);
    } finally {
      stores.deliveries().release(id, node);
    }
  }

  private void deliver(
      EndpointRounds rounds,
      Follower follower,
      BlockingQueue<Answer> answers,
      BooleanSupplier isStopped)
      throws InterruptedException {
    Instant refreshed = clock.instant();
    while (!isStopped.getAsBoolean()) {
      Instant now = clock.instant();
      if (!now.isBefore(refreshed.plus(REFRESH))) {
        EndpointStatus current =
            stores.endpoints().find(rounds.status().endpoint().id()).orElse(null);
        if (current == null || current.endpoint().isPaused()) {
          return;
        }
        rounds.refresh(current);
        refreshed = now;
      }
      List<Answer> arrived = rounds.inFlight() > 0 ? awaitAnswers(answers) : List.of();
      Duration wait =
          rounds.inFlight() > 0 ? Duration.ZERO : rounds.waitForNext(clock.instant(), REFRESH);
      List<Delivery> next = rounds.run(arrived, read(rounds, follower, wait), clock.instant());
      PauseReason paused = rounds.pausedBy();
      if (paused != null) {
        trail.write(
            Kind.WEBHOOK_PAUSED,
            null,
            rounds.status().endpoint().id(),
            null,
            paused.name().toLowerCase(Locale.ROOT));
      }
      if (next == null) {
        return;
      }
      next.forEach(delivery -> sending.start(rounds.status(), delivery, answers::add));
    }
  }

  /** Waits for an answer, and for others that come soon after it. */
  private List<Answer> awaitAnswers(BlockingQueue<Answer> answers) throws InterruptedException {
    List<Answer> arrived = new ArrayList<>();
    Instant end = clock.instant().plus(BUSY_INTERVAL);
    for (Duration left = BUSY_INTERVAL;
        left.isPositive();
        left = Duration.between(clock.instant(), end)) {
      Answer answer = answers.poll(left.toNanos(), TimeUnit.NANOSECONDS);
      if (answer != null) {
        arrived.add(answer);
      }
    }
    return arrived;
  }

  private static EventPage read(EndpointRounds rounds, Follower follower, Duration wait)
      throws InterruptedException {
    EndpointStatus status = rounds.status();
    return rounds.takesEvents()
        ? follower.next(
            status.position(),
            EventSelection.filter(status.endpoint().content()),
            EndpointRounds.MAX_NEW,
            wait)
        : new EventPage(List.of(), status.position(), false);
  }

  /** Stores the answers that are still in progress, so that they are not sent again. */
  private void storeLast(EndpointRounds rounds, BlockingQueue<Answer> answers)
      throws InterruptedException {
    Instant end = clock.instant().plus(STOP_TIMEOUT);
    while (rounds.inFlight() > 0 && clock.instant().isBefore(end)) {
      List<Answer> arrived = awaitAnswers(answers);
      if (!arrived.isEmpty() && !rounds.store(arrived, clock.instant())) {
        return;
      }
    }
  }
}
