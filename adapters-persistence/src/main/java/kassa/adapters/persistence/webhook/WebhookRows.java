package kassa.adapters.persistence.webhook;

import static kassa.adapters.persistence.jdbc.SqlValues.arrayColumn;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableInstant;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.adapters.persistence.jdbc.SqlValues;
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
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Maps rows to endpoints and deliveries. Damaged rows throw {@link IllegalStateException}. */
final class WebhookRows {

  private static final String SECRETS =
      """
      select * from webhook_secrets where endpoint_id = any(cast(:endpoints as uuid array))
      order by endpoint_id, secret_number
      """;

  private static final String ATTEMPTS =
      """
      select * from webhook_attempts where delivery_id = any(cast(:deliveries as uuid array))
      order by delivery_id, attempt_number
      """;

  private WebhookRows() {}

  private interface RowFunction<T> {

    T read() throws SQLException;
  }

  /** An endpoint without its secrets. */
  record EndpointRow(
      WebhookEndpointId id,
      WebhookContent content,
      @Nullable PauseReason pauseReason,
      int version,
      String createdBy,
      java.time.Instant createdAt,
      java.time.Instant updatedAt,
      EventPosition position,
      CircuitBreaker breaker,
      int pending) {}

  static EndpointRow endpoint(ResultSet row) throws SQLException {
    WebhookEndpointId id = new WebhookEndpointId(uuid(row, "id"));
    return orDamaged(
        "webhook endpoint " + id,
        () -> {
          String pause = row.getString("pause_reason");
          return new EndpointRow(
              id,
              content(row),
              pause == null ? null : parseEnum(PauseReason.class, pause),
              row.getInt("version"),
              row.getString("created_by"),
              instant(row, "created_at"),
              instant(row, "updated_at"),
              EventPosition.parse(row.getString("event_position")),
              new CircuitBreaker(row.getInt("failures"), nullableInstant(row, "open_until")),
              row.getInt("pending"));
        });
  }

  private static WebhookContent content(ResultSet row) throws SQLException {
    Set<EventTypePattern> types = new LinkedHashSet<>();
    for (String type : arrayColumn(row, "event_types", String.class)) {
      types.add(new EventTypePattern(Objects.requireNonNull(type)));
    }
    Set<OrderStatus> statuses =
        arrayColumn(row, "filter_statuses", String.class).stream()
            .map(status -> parseEnum(OrderStatus.class, Objects.requireNonNull(status)))
            .collect(Collectors.toSet());
    String currency = row.getString("filter_currency");
    String sku = row.getString("filter_sku");
    return new WebhookContent(
        new WebhookUrl(row.getString("url")),
        row.getString("description"),
        types,
        new WebhookFilter(
            statuses,
            currency == null
                ? null
                : new Money(row.getLong("filter_min_total"), Currency.getInstance(currency)),
            sku == null ? null : new Sku(sku),
            row.getString("filter_channel")),
        parseEnum(PayloadForm.class, row.getString("payload")));
  }

  /** Adds the secrets to endpoints. */
  static List<EndpointStatus> withSecrets(Handle handle, List<EndpointRow> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<WebhookSecret>> secrets = new LinkedHashMap<>();
    handle
        .createQuery(SECRETS)
        .bind("endpoints", SqlValues.uuidArray(rows.stream().map(row -> row.id().value()).toList()))
        .map((row, context) ->
            secrets
                .computeIfAbsent(uuid(row, "endpoint_id"), id -> new ArrayList<>())
                .add(secret(row)))
        .list();
    return rows.stream()
        .map(row -> withSecrets(row, secrets.getOrDefault(row.id().value(), List.of())))
        .toList();
  }

  private static EndpointStatus withSecrets(EndpointRow row, List<WebhookSecret> secrets) {
    return orDamaged(
        "webhook endpoint " + row.id(),
        () ->
            new EndpointStatus(
                new WebhookEndpoint(
                    row.id(),
                    row.content(),
                    secrets,
                    row.pauseReason(),
                    row.version(),
                    row.createdBy(),
                    row.createdAt(),
                    row.updatedAt()),
                row.position(),
                row.breaker(),
                row.pending()));
  }

  private static WebhookSecret secret(ResultSet row) throws SQLException {
    return orDamaged(
        "a secret of webhook endpoint " + new WebhookEndpointId(uuid(row, "endpoint_id")),
        () ->
            new WebhookSecret(
                row.getInt("secret_number"),
                row.getString("secret"),
                instant(row, "created_at"),
                nullableInstant(row, "expires_at")));
  }

  /** A delivery without its attempts. */
  static Delivery delivery(ResultSet row) throws SQLException {
    DeliveryId id = new DeliveryId(uuid(row, "id"));
    return orDamaged(
        "delivery " + id,
        () ->
            new Delivery(
                id,
                new WebhookEndpointId(uuid(row, "endpoint_id")),
                new Delivery.EventKey(
                    new EventId(uuid(row, "event_id")),
                    row.getString("event_type"),
                    row.getString("subject"),
                    new EventPosition(
                        row.getLong("event_transaction"),
                        row.getLong("event_number"),
                        row.getLong("event_check"))),
                parseEnum(DeliveryState.class, row.getString("state")),
                new Delivery.Progress(
                    row.getInt("attempts"),
                    row.getInt("failures"),
                    nullableInstant(row, "next_attempt_at")),
                instant(row, "created_at"),
                List.of()));
  }

  /** Adds the attempts to deliveries. */
  static List<Delivery> withAttempts(Handle handle, List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<DeliveryAttempt>> attempts = new LinkedHashMap<>();
    handle
        .createQuery(ATTEMPTS)
        .bind(
            "deliveries",
            SqlValues.uuidArray(deliveries.stream().map(one -> one.id().value()).toList()))
        .map((row, context) ->
            attempts
                .computeIfAbsent(uuid(row, "delivery_id"), id -> new ArrayList<>())
                .add(attempt(row)))
        .list();
    return deliveries.stream()
        .map(one ->
            new Delivery(
                one.id(),
                one.endpoint(),
                one.event(),
                one.state(),
                one.progress(),
                one.createdAt(),
                attempts.getOrDefault(one.id().value(), List.of())))
        .toList();
  }

  private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
    int status = row.getInt("status");
    boolean hasStatus = !row.wasNull();
    return new DeliveryAttempt(
        instant(row, "started_at"),
        Duration.ofMillis(row.getLong("latency_millis")),
        hasStatus ? status : null,
        row.getString("error"),
        row.getString("answer"));
  }

  private static <T> T orDamaged(String what, RowFunction<T> row) {
    try {
      return row.read();
    } catch (SQLException | RuntimeException damaged) {
      throw new IllegalStateException(what + " is damaged in the database", damaged);
    }
  }
}
