package kassa.adapters.persistence.jdbc;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Runs write transactions and makes their commits durable. */
interface TransactionExecutor {

  /**
   * Runs work in one transaction and returns after a durable commit. If the work throws, or rolls
   * back and returns, nothing is written.
   */
  <T> T inTransaction(Handle handle, Function<Handle, T> work);

  /** Returns when everything that was committed before this call is durable. */
  default void makeDurable(Handle handle) {}
}
