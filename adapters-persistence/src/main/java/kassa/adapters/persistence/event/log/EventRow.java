package kassa.adapters.persistence.event.log;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.domain.catalogue.Sku;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventSubject;
import kassa.domain.event.EventType;
import kassa.domain.identity.UserId;
import kassa.domain.order.OrderId;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** A row of {@code events}, not validated. */
record EventRow(
    long transaction,
    long number,
    UUID id,
    String typeName,
    @Nullable UUID subjectId,
    @Nullable String sku,
    @Nullable Integer version,
    @Nullable String actor,
    Instant occurredAt,
    @Nullable String data) {

  static EventRow of(ColumnCursor row) throws SQLException {
    return new EventRow(
        row.bigint(),
        row.bigint(),
        row.uuid(),
        row.text(),
        row.nullableUuid(),
        row.nullableText(),
        row.nullableInteger(),
        row.nullableText(),
        row.instant(),
        row.nullableText());
  }

  EventPosition position() {
    return new EventPosition(transaction, number, id.getLeastSignificantBits());
  }

  /** The type; empty if a newer version of Kassa wrote the event. */
  Optional<EventType> type() {
    return EventType.of(typeName);
  }

  EventSubject subject(EventType type) {
    return switch (type) {
      case ORDER_PLACED,
          ORDER_PAID,
          ORDER_SHIPPED,
          ORDER_COMPLETED,
          ORDER_CANCELLED,
          ORDER_REFUNDED ->
          new EventSubject.OfOrder(new OrderId(subjectUuid()));
      case RULE_CREATED,
          RULE_UPDATED,
          RULE_ACTIVATED,
          RULE_PAUSED,
          RULE_ARCHIVED,
          CODE_ISSUED,
          LIMIT_EXHAUSTED ->
          new EventSubject.OfRule(RuleId.of(subjectUuid()));
      case PRODUCT_CREATED, PRODUCT_UPDATED, PRODUCT_DELETED ->
          new EventSubject.OfProduct(new Sku(required(sku)));
      case USER_CREATED, USER_UPDATED -> new EventSubject.OfUser(new UserId(subjectUuid()));
    };
  }

  UUID subjectUuid() {
    return required(subjectId);
  }

  int versionOfSubject() {
    return required(version);
  }

  String requiredData() {
    return required(data);
  }

  private <T> T required(@Nullable T column) {
    if (column == null) {
      throw new IllegalStateException("event " + id + " is damaged in the database");
    }
    return column;
  }
}
