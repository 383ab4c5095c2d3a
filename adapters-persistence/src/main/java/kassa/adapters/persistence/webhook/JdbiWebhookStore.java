package kassa.adapters.persistence.webhook;

import static kassa.adapters.persistence.jdbc.SqlValues.array;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableTimestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.util.List;
import java.util.Optional;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.port.out.webhook.WebhookStore;
import kassa.domain.event.EventPosition;
import kassa.domain.money.Money;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.EventTypePattern;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import kassa.domain.webhook.WebhookFilter;
import kassa.domain.webhook.WebhookSecret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Stores webhook endpoints in tables. Thread-safe. */
public final class JdbiWebhookStore implements WebhookStore {

  /** An index finds the pending deliveries, because no subject is empty. */
  static final String SELECT =
      """
      select e.*, (
        select count(*) from webhook_deliveries d
        where d.endpoint_id = e.id and d.pending_subject >= '') as pending
      from webhook_endpoints e
      """;

  public static final String BY_ID = SELECT + "where e.id = :id";

  public static final String PAGE = SELECT + "order by e.id fetch first :limit rows only";

  public static final String PAGE_AFTER =
      SELECT + "where e.id > :after order by e.id fetch first :limit rows only";

  private static final String INSERT =
      """
      insert into webhook_endpoints (
        id, url, description, event_types, filter_statuses, filter_currency, filter_min_total,
        filter_sku, filter_channel, payload, pause_reason, version, created_by, created_at,
        updated_at, event_position, failures)
      values (
        :id, :url, :description, :types, :statuses, :currency, :minTotal,
        :sku, :channel, :payload, :pause, :version, :createdBy, :createdAt,
        :updatedAt, :position, 0)
      """;

  private static final String UPDATE =
      """
      update webhook_endpoints set
        url = :url, description = :description, event_types = :types, filter_statuses = :statuses,
        filter_currency = :currency, filter_min_total = :minTotal, filter_sku = :sku,
        filter_channel = :channel, payload = :payload, pause_reason = :pause, version = :version,
        updated_at = :updatedAt
      where id = :id and version = :version - 1
      """;

  private static final String CLOSE_BREAKER =
      "update webhook_endpoints set failures = 0, open_until = null where id = :id";

  private static final String RETRY_NOW =
      """
      update webhook_deliveries set next_attempt_at = :at
      where endpoint_id = :id and pending_subject >= '' and next_attempt_at > :at
      """;

  private static final String INSERT_SECRET =
      """
      insert into webhook_secrets (endpoint_id, secret_number, secret, created_at, expires_at)
      values (:endpoint, :number, :secret, :createdAt, :expiresAt)
      """;

  private final Database database;

  public JdbiWebhookStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(WebhookEndpoint endpoint, EventPosition start, int max) {
    return write(
        "insert a webhook endpoint",
        handle -> {
          int count =
              handle
                  .createQuery("select count(*) from webhook_endpoints")
                  .mapTo(Integer.class)
                  .one();
          if (count >= max) {
            return false;
          }
          bind(handle.createUpdate(INSERT), endpoint)
              .bind("createdBy", endpoint.createdBy())
              .bind("createdAt", timestamp(endpoint.createdAt()))
              .bind("position", start.toString())
              .execute();
          insertSecrets(handle, endpoint);
          return true;
        });
  }

  @Override
  public Optional<EndpointStatus> find(WebhookEndpointId id) {
    return database.query("find a webhook endpoint", handle -> find(handle, id));
  }

  static Optional<EndpointStatus> find(Handle handle, WebhookEndpointId id) {
    return statuses(handle, handle.createQuery(BY_ID).bind("id", id.value())).stream().findFirst();
  }

  @Override
  public List<EndpointStatus> list(@Nullable WebhookEndpointId after, int limit) {
    return database.query(
        "list webhook endpoints",
        handle -> {
          Query query =
              after == null
                  ? handle.createQuery(PAGE)
                  : handle.createQuery(PAGE_AFTER).bind("after", after.value());
          return statuses(handle, query.bind("limit", limit));
        });
  }

  private static List<EndpointStatus> statuses(Handle handle, Query query) {
    return WebhookRows.withSecrets(
        handle, query.map((row, context) -> WebhookRows.endpoint(row)).list());
  }

  @Override
  public boolean update(WebhookEndpoint endpoint) {
    return write("update a webhook endpoint", handle -> update(handle, endpoint));
  }

  private static boolean update(Handle handle, WebhookEndpoint endpoint) {
    boolean wasPaused =
        handle
            .createQuery("select pause_reason from webhook_endpoints where id = :id")
            .bind("id", endpoint.id().value())
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (bind(handle.createUpdate(UPDATE), endpoint).execute() == 0) {
      return false;
    }
    handle
        .createUpdate("delete from webhook_secrets where endpoint_id = :id")
        .bind("id", endpoint.id().value())
        .execute();
    insertSecrets(handle, endpoint);
    if (wasPaused && !endpoint.isPaused()) {
      handle.createUpdate(CLOSE_BREAKER).bind("id", endpoint.id().value()).execute();
      handle
          .createUpdate(RETRY_NOW)
          .bind("id", endpoint.id().value())
          .bind("at", timestamp(endpoint.updatedAt()))
          .execute();
    }
    return true;
  }

  @Override
  public boolean moveTo(WebhookEndpointId id, EventPosition position) {
    return write(
        "move a webhook endpoint",
        handle ->
            handle
                    .createUpdate(
                        "update webhook_endpoints set event_position = :position where id = :id")
                    .bind("position", position.toString())
                    .bind("id", id.value())
                    .execute()
                > 0);
  }

  @Override
  public boolean delete(WebhookEndpointId id) {
    return write(
        "delete a webhook endpoint",
        handle -> {
          handle
              .createUpdate("delete from webhook_secrets where endpoint_id = :id")
              .bind("id", id.value())
              .execute();
          return handle
                  .createUpdate("delete from webhook_endpoints where id = :id")
                  .bind("id", id.value())
                  .execute()
              > 0;
        });
  }

  private boolean write(String purpose, java.util.function.Function<Handle, Boolean> work) {
    return TransactionRetry.run(() -> database.inTransaction(purpose, work));
  }

  private static Update bind(Update statement, WebhookEndpoint endpoint) {
    WebhookContent content = endpoint.content();
    WebhookFilter filter = content.filter();
    Money min = filter.minTotal();
    PauseReason pause = endpoint.pauseReason();
    return statement
        .bind("id", endpoint.id().value())
        .bind("url", content.url().value())
        .bind("description", content.description())
        .bind("types", array("varchar", content.types(), EventTypePattern::value))
        .bind("statuses", array("varchar", filter.statuses(), SqlValues::enumName))
        .bind("currency", min == null ? null : min.currency().getCurrencyCode())
        .bind("minTotal", min == null ? null : (Long) min.minorUnits())
        .bind("sku", filter.sku() == null ? null : filter.sku().value())
        .bind("channel", filter.channel())
        .bind("payload", enumName(content.payload()))
        .bind("pause", pause == null ? null : enumName(pause))
        .bind("version", endpoint.version())
        .bind("updatedAt", timestamp(endpoint.updatedAt()));
  }

  private static void insertSecrets(Handle handle, WebhookEndpoint endpoint) {
    PreparedBatch batch = handle.prepareBatch(INSERT_SECRET);
    for (WebhookSecret secret : endpoint.secrets()) {
      batch
          .bind("endpoint", endpoint.id().value())
          .bind("number", secret.number())
          .bind("secret", secret.text())
          .bind("createdAt", timestamp(secret.createdAt()))
          .bind("expiresAt", nullableTimestamp(secret.expiresAt()))
          .add();
    }
    batch.execute();
  }
}
