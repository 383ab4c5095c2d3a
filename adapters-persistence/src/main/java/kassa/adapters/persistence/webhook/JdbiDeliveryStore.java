package kassa.adapters.persistence.webhook;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableTimestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.textArray;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.port.out.webhook.DeliveryStore;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookEndpointId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Stores deliveries in tables. Thread-safe. */
public final class JdbiDeliveryStore implements DeliveryStore {

  public static final String AVAILABLE =
      """
      select id from webhook_endpoints
      where pause_reason is null
        and (lease_node is null or lease_node = :node or lease_until <= current_timestamp)
      order by id
      """;

  private static final String LEASE =
      """
      update webhook_endpoints set
        lease_node = :node,
        lease_until = current_timestamp + cast(:seconds as integer) * interval '1' second
      where id = :id and pause_reason is null
        and (lease_node is null or lease_node = :node or lease_until <= current_timestamp)
      """;

  private static final String RELEASE =
      """
      update webhook_endpoints set lease_node = null, lease_until = null
      where id = :id and lease_node = :node
      """;

  /** The pending deliveries that are the oldest of their subject, without some subjects. */
  private static final String FIRST =
      """
      from webhook_deliveries d
      where d.endpoint_id = :endpoint and d.pending_subject >= ''
        and not (d.pending_subject = any(cast(:except as varchar array)))
        and not exists (
          select 1 from webhook_deliveries b
          where b.endpoint_id = d.endpoint_id and b.pending_subject = d.pending_subject
            and (b.event_transaction < d.event_transaction
              or (b.event_transaction = d.event_transaction and b.event_number < d.event_number)))
      """;

  public static final String DUE =
      "select d.* "
          + FIRST
          + """
            and d.next_attempt_at <= :now
          order by d.next_attempt_at, d.event_transaction, d.event_number
          fetch first :limit rows only
          """;

  public static final String NEXT_DUE = "select min(d.next_attempt_at) " + FIRST;

  private static final String PAGE =
      "select * from webhook_deliveries where endpoint_id = :endpoint";

  private static final String PAGE_END = " order by id desc fetch first :limit rows only";

  private static final String BY_ID =
      "select * from webhook_deliveries where id = :id and endpoint_id = :endpoint";

  private static final String RESEND =
      """
      update webhook_deliveries set
        state = 'pending', pending_subject = subject, failures = 0, next_attempt_at = :at
      where id = :id and endpoint_id = :endpoint
      """;

  private static final String OLD =
      """
      select d.id from webhook_deliveries d
      where d.created_at < :before and d.pending_subject is null
      order by d.created_at fetch first :limit rows only
      """;

  private static final String ORPHANS =
      """
      select d.id from webhook_deliveries d
      where not exists (select 1 from webhook_endpoints e where e.id = d.endpoint_id)
      fetch first :limit rows only
      """;

  private final Database database;

  public JdbiDeliveryStore(Database database) {
    this.database = database;
  }

  @Override
  public List<WebhookEndpointId> available(UUID node) {
    return database.query(
        "find webhook endpoints to serve",
        handle ->
            handle.createQuery(AVAILABLE).bind("node", node).mapTo(UUID.class).stream()
                .map(WebhookEndpointId::new)
                .toList());
  }

  @Override
  public Optional<EndpointStatus> lease(WebhookEndpointId endpoint, UUID node, Duration duration) {
    return write(
        "lease a webhook endpoint",
        handle ->
            handle
                        .createUpdate(LEASE)
                        .bind("id", endpoint.value())
                        .bind("node", node)
                        .bind("seconds", (int) duration.toSeconds())
                        .execute()
                    == 0
                ? Optional.empty()
                : JdbiWebhookStore.find(handle, endpoint));
  }

  @Override
  public void release(WebhookEndpointId endpoint, UUID node) {
    var _ =
        write(
            "release a webhook endpoint",
            handle ->
                handle
                    .createUpdate(RELEASE)
                    .bind("id", endpoint.value())
                    .bind("node", node)
                    .execute());
  }

  @Override
  public List<Delivery> due(
      WebhookEndpointId endpoint, Instant now, Collection<String> except, int limit) {
    return database.query(
        "find due deliveries",
        handle ->
            handle
                .createQuery(DUE)
                .bind("endpoint", endpoint.value())
                .bind("except", textArray(except))
                .bind("now", timestamp(now))
                .bind("limit", limit)
                .map((row, context) -> WebhookRows.delivery(row))
                .list());
  }

  @Override
  public @Nullable Instant nextDue(WebhookEndpointId endpoint, Collection<String> except) {
    return database
        .query(
            "find the next due delivery",
            handle ->
                handle
                    .createQuery(NEXT_DUE)
                    .bind("endpoint", endpoint.value())
                    .bind("except", textArray(except))
                    .mapTo(OffsetDateTime.class)
                    .findOne())
        .map(OffsetDateTime::toInstant)
        .orElse(null);
  }

  @Override
  public boolean store(Round round) {
    return write("store deliveries", handle -> DeliveryWriter.store(handle, round));
  }

  @Override
  public List<Delivery> list(
      WebhookEndpointId endpoint,
      @Nullable DeliveryId before,
      @Nullable DeliveryState state,
      int limit) {
    String sql =
        PAGE
            + (before == null ? "" : " and id < :before")
            + (state == null ? "" : " and state = :state")
            + PAGE_END;
    return database.query(
        "list deliveries",
        handle -> {
          Query query =
              handle.createQuery(sql).bind("endpoint", endpoint.value()).bind("limit", limit);
          if (before != null) {
            query.bind("before", before.value());
          }
          if (state != null) {
            query.bind("state", enumName(state));
          }
          return WebhookRows.withAttempts(
              handle, query.map((row, context) -> WebhookRows.delivery(row)).list());
        });
  }

  @Override
  public Optional<Delivery> resend(WebhookEndpointId endpoint, DeliveryId delivery, Instant at) {
    return write(
        "send a delivery again",
        handle -> {
          handle
              .createUpdate(RESEND)
              .bind("id", delivery.value())
              .bind("endpoint", endpoint.value())
              .bind("at", timestamp(at))
              .execute();
          List<Delivery> found =
              handle
                  .createQuery(BY_ID)
                  .bind("id", delivery.value())
                  .bind("endpoint", endpoint.value())
                  .map((row, context) -> WebhookRows.delivery(row))
                  .list();
          return WebhookRows.withAttempts(handle, found).stream().findFirst();
        });
  }

  @Override
  public int purge(Instant before, int limit) {
    return write(
        "delete old deliveries",
        handle -> {
          Query old =
              handle
                  .createQuery(OLD)
                  .bind("before", nullableTimestamp(before))
                  .bind("limit", limit);
          int deleted = delete(handle, old.mapTo(UUID.class).list());
          Query orphans = handle.createQuery(ORPHANS).bind("limit", Math.max(1, limit - deleted));
          return Math.min(limit, deleted + delete(handle, orphans.mapTo(UUID.class).list()));
        });
  }

  private static int delete(Handle handle, List<UUID> ids) {
    handle
        .createUpdate(
            "delete from webhook_attempts where delivery_id = any(cast(:ids as uuid array))")
        .bind("ids", uuidArray(ids))
        .execute();
    return handle
        .createUpdate("delete from webhook_deliveries where id = any(cast(:ids as uuid array))")
        .bind("ids", uuidArray(ids))
        .execute();
  }

  private <T> T write(String purpose, Function<Handle, T> work) {
    return TransactionRetry.run(() -> database.inTransaction(purpose, work));
  }
}
