package kassa.adapters.persistence.jdbc;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** How transactions write a database, so that what is committed is durable. */
interface TransactionExecutor {

  /**
   * Does all of the work in one transaction, or nothing, and returns when it is durable. Work that
   * rolls back leaves nothing to be made durable.
   */
  <T> T inTransaction(Handle handle, Function<Handle, T> work);
}
