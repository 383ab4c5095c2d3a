package kassa.adapters.persistence.webhook;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableTimestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import kassa.application.port.out.webhook.DeliveryStore.Result;
import kassa.application.port.out.webhook.DeliveryStore.Round;
import kassa.domain.event.EventPosition;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.PauseReason;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** Writes what a node did for an endpoint. */
final class DeliveryWriter {

  private static final String RENEW =
      """
      update webhook_endpoints set
        lease_until = current_timestamp + cast(:seconds as integer) * interval '1' second,
        failures = :failures, open_until = :openUntil
      where id = :id and lease_node = :node
      """;

  private static final String PAUSE =
      """
      update webhook_endpoints set
        pause_reason = :reason, version = version + 1, updated_at = current_timestamp
      where id = :id and pause_reason is null
      """;

  private static final String MOVE =
      """
      update webhook_endpoints set event_position = :position
      where id = :id and event_position = :from
      """;

  private static final String KNOWN =
      """
      select event_id from webhook_deliveries
      where endpoint_id = :endpoint and event_id = any(cast(:events as uuid array))
      """;

  private static final String REPEAT =
      """
      update webhook_deliveries set
        state = 'pending', pending_subject = subject, failures = 0, next_attempt_at = :at
      where endpoint_id = :endpoint and event_id = :event
      """;

  private static final String INSERT =
      """
      insert into webhook_deliveries (
        id, endpoint_id, event_id, event_type, subject, event_transaction, event_number,
        event_check, state, pending_subject, attempts, failures, next_attempt_at, created_at)
      values (
        :id, :endpoint, :event, :type, :subject, :transaction, :number,
        :check, 'pending', :subject, 0, 0, :at, :createdAt)
      """;

  private static final String UPDATE =
      """
      update webhook_deliveries set
        state = :state, pending_subject = :pendingSubject, attempts = :attempts,
        failures = :failures, next_attempt_at = :nextAt
      where id = :id
      """;

  private static final String INSERT_ATTEMPT =
      """
      insert into webhook_attempts (
        delivery_id, attempt_number, started_at, latency_millis, status, error, answer)
      values (:id, :number, :at, :latency, :status, :error, :answer)
      """;

  private static final String DELETE_OLD_ATTEMPT =
      "delete from webhook_attempts where delivery_id = :id and attempt_number <= :number";

  private DeliveryWriter() {}

  /** Writes a round. Returns whether the node holds the lease. */
  static boolean store(Handle handle, Round round) {
    if (renew(handle, round) == 0) {
      return false;
    }
    create(handle, round);
    EventPosition position = round.position();
    if (position != null) {
      handle
          .createUpdate(MOVE)
          .bind("id", round.endpoint().value())
          .bind("position", position.toString())
          .bind("from", round.from().toString())
          .execute();
    }
    writeResults(handle, round);
    return true;
  }

  private static int renew(Handle handle, Round round) {
    CircuitBreaker breaker = round.breaker();
    int renewed =
        handle
            .createUpdate(RENEW)
            .bind("id", round.endpoint().value())
            .bind("node", round.node())
            .bind("seconds", (int) round.lease().toSeconds())
            .bind("failures", breaker.failures())
            .bind("openUntil", nullableTimestamp(breaker.openUntil()))
            .execute();
    PauseReason reason = round.pauseReason();
    if (renewed > 0 && reason != null) {
      handle
          .createUpdate(PAUSE)
          .bind("id", round.endpoint().value())
          .bind("reason", enumName(reason))
          .execute();
    }
    return renewed;
  }

  private static void create(Handle handle, Round round) {
    if (round.created().isEmpty()) {
      return;
    }
    Set<UUID> known =
        new HashSet<>(
            handle
                .createQuery(KNOWN)
                .bind("endpoint", round.endpoint().value())
                .bind(
                    "events",
                    uuidArray(
                        round.created().stream().map(one -> one.event().id().value()).toList()))
                .mapTo(UUID.class)
                .list());
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (Delivery delivery : round.created()) {
      if (known.contains(delivery.event().id().value())) {
        bind(handle.createUpdate(REPEAT), delivery).execute();
      } else {
        bind(batch, delivery).add();
      }
    }
    executeBatch(batch);
  }

  private static Update bind(Update statement, Delivery delivery) {
    return statement
        .bind("endpoint", delivery.endpoint().value())
        .bind("event", delivery.event().id().value())
        .bind("at", nullableTimestamp(delivery.progress().nextAt()));
  }

  private static PreparedBatch bind(PreparedBatch batch, Delivery delivery) {
    Delivery.EventKey event = delivery.event();
    return batch
        .bind("id", delivery.id().value())
        .bind("endpoint", delivery.endpoint().value())
        .bind("event", event.id().value())
        .bind("type", event.type())
        .bind("subject", event.subject())
        .bind("transaction", event.position().transaction())
        .bind("number", event.position().number())
        .bind("check", event.position().check())
        .bind("at", nullableTimestamp(delivery.progress().nextAt()))
        .bind("createdAt", timestamp(delivery.createdAt()));
  }

  private static void writeResults(Handle handle, Round round) {
    PreparedBatch updates = handle.prepareBatch(UPDATE);
    PreparedBatch attempts = handle.prepareBatch(INSERT_ATTEMPT);
    for (Result result : round.results()) {
      Delivery delivery = result.delivery();
      boolean isPending = result.state() == DeliveryState.PENDING;
      int number = result.progress().attempts();
      updates
          .bind("id", delivery.id().value())
          .bind("state", enumName(result.state()))
          .bind("pendingSubject", isPending ? delivery.event().subject() : null)
          .bind("attempts", number)
          .bind("failures", result.progress().failures())
          .bind("nextAt", nullableTimestamp(result.progress().nextAt()))
          .add();
      attempts
          .bind("id", delivery.id().value())
          .bind("number", number)
          .bind("at", timestamp(result.attempt().at()))
          .bind("latency", result.attempt().latency().toMillis())
          .bind("status", result.attempt().status())
          .bind("error", result.attempt().error())
          .bind("answer", result.attempt().answer())
          .add();
      if (number > Delivery.MAX_STORED_ATTEMPTS) {
        handle
            .createUpdate(DELETE_OLD_ATTEMPT)
            .bind("id", delivery.id().value())
            .bind("number", number - Delivery.MAX_STORED_ATTEMPTS)
            .execute();
      }
    }
    executeBatch(updates);
    executeBatch(attempts);
  }
}
