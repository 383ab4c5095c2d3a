package kassa.adapters.persistence.event.log;

import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;

/**
 * Keeps the transaction numbers of events ascending when a database was restored into a cluster of
 * PostgreSQL whose transaction ids are lower. See docs/decisions/0172.
 */
public final class TransactionOffset {

  private static final String IS_TOO_LOW =
      """
      greatest(purged_transaction, (select max(e.transaction_id) from events e))
        >= cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)
          + transaction_offset
      """;

  private static final String RAISE =
      """
      update event_log set
        transaction_offset =
          greatest(purged_transaction, (select max(e.transaction_id) from events e)) + 1
            - cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)
      where %s
      """
          .formatted(IS_TOO_LOW);

  private TransactionOffset() {}

  /** Raises the offset if the transactions from now on would come before stored events. */
  public static void raiseIfTooLow(Database database) {
    if (database.dialect() == Dialect.POSTGRESQL
        && database.query(
            "compare transaction ids",
            handle ->
                handle
                    .createQuery("select " + IS_TOO_LOW + " from event_log")
                    .mapTo(Boolean.class)
                    .one())) {
      int _ =
          database.inTransaction(
              "raise the offset of transaction ids", handle -> handle.execute(RAISE));
    }
  }
}
