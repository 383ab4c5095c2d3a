package kassa.adapters.persistence.event;

import static kassa.adapters.persistence.jdbc.SqlValues.utc;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.TableInsert;
import kassa.adapters.persistence.jdbc.TableInsert.Column;
import kassa.adapters.persistence.jdbc.TableInsert.ColumnType;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.event.EventType;
import kassa.domain.order.NewOrder;
import org.jdbi.v3.core.Handle;

/**
 * Inserts events, within the transaction of the change. No other class inserts into their table.
 * See docs/decisions/0171.
 */
public final class EventWriter {

  /** Computed once for each statement. */
  private static final String TRANSACTION_ID =
      "(select cast(cast(pg_current_xact_id() as text) as bigint) + transaction_offset"
          + " from event_log)";

  private static final TableInsert EVENTS =
      TableInsert.withComputedColumn(
          "events",
          "transaction_id",
          TRANSACTION_ID,
          new Column("event_id", ColumnType.UUID),
          new Column("event_type", ColumnType.VARCHAR),
          new Column("subject_id", ColumnType.UUID),
          new Column("sku", ColumnType.VARCHAR),
          new Column("version", ColumnType.INTEGER),
          new Column("actor", ColumnType.VARCHAR),
          new Column("occurred_at", ColumnType.TIMESTAMP),
          new Column("data", ColumnType.VARCHAR));

  private static final Integer FIRST_VERSION = 1;

  private static final SecureRandom RANDOM = new SecureRandom();

  private EventWriter() {}

  /**
   * Adds the events of placed orders to a batch. The event of an order has the UUID of the order,
   * and no data: it follows from the order.
   */
  public static void addPlaced(TableInsert.Batch batch, List<OrderInsert> inserts) {
    TableInsert.Rows rows = batch.rows(EVENTS);
    for (OrderInsert insert : inserts) {
      if (insert.actor() != null) {
        NewOrder order = insert.order();
        UUID id = order.id().value();
        rows.add(
            id,
            EventType.ORDER_PLACED.wireName(),
            id,
            null,
            FIRST_VERSION,
            insert.actor(),
            utc(order.arrivedAt()),
            null);
      }
    }
  }

  /** Inserts events in this order. */
  public static void insert(Handle handle, Dialect dialect, List<NewEvent> events) {
    TableInsert.Batch batch = new TableInsert.Batch(handle, dialect);
    TableInsert.Rows rows = batch.rows(EVENTS);
    for (NewEvent event : events) {
      rows.add(
          newId(event.at()),
          event.type().wireName(),
          event.subject(),
          event.sku(),
          event.version(),
          event.actor(),
          utc(event.at()),
          event.data());
    }
    batch.execute();
  }

  /**
   * Locks the writers of a kind of subject, before anything else in the transaction: on PostgreSQL
   * events are read in the order in which their transactions began to write, and a transaction that
   * then waits for another one would come before it. H2 has one writer at a time.
   *
   * @param kind different for each kind of subject
   */
  public static void lockWriters(Handle handle, Dialect dialect, int kind) {
    if (dialect == Dialect.POSTGRESQL) {
      handle
          .createQuery("select cast(pg_advisory_xact_lock(:lock, :kind) as text)")
          .bind("lock", 0x6b61_7373)
          .bind("kind", kind)
          .mapTo(String.class)
          .one();
    }
  }

  /** A UUID of version 7. */
  private static UUID newId(Instant at) {
    long random = RANDOM.nextLong();
    return new UUID(
        at.toEpochMilli() << 16 | 0x7000 | random >>> 52,
        0x8000_0000_0000_0000L | RANDOM.nextLong() >>> 2);
  }
}
