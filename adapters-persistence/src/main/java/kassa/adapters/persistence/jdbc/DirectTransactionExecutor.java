package kassa.adapters.persistence.jdbc;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Writes a database that makes durable what it commits, as PostgreSQL does by its log. */
final class DirectTransactionExecutor implements TransactionExecutor {

  @Override
  public <T> T inTransaction(Handle handle, Function<Handle, T> work) {
    return handle.inTransaction(work::apply);
  }
}
