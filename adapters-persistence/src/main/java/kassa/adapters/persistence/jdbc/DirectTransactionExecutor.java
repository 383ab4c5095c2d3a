package kassa.adapters.persistence.jdbc;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs transactions on a database whose commits are durable, such as PostgreSQL with its log. */
final class DirectTransactionExecutor implements TransactionExecutor {

  @Override
  public <T> T inTransaction(Handle handle, Function<Handle, T> work) {
    return handle.inTransaction(work::apply);
  }
}
