package kassa.application.port.in.event;

import java.util.function.BooleanSupplier;

/** Deletes the events whose retention has ended. Run periodically by a scheduled task. */
@FunctionalInterface
public interface PurgeEvents {

  /**
   * Deletes them in short transactions.
   *
   * @param isStopped whether to stop soon
   * @return the number of deleted events
   * @throws kassa.application.port.out.StoreUnavailableException if the store cannot be used
   */
  long purge(BooleanSupplier isStopped);
}
