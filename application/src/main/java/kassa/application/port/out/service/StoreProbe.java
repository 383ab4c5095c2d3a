package kassa.application.port.out.service;

import kassa.application.port.out.StoreUnavailableException;

/** Asks the store whether it is there. Implementations may be called by any number of threads. */
public interface StoreProbe {

  /**
   * Returns when the store has answered and its schema is the one that this version needs.
   *
   * @throws StoreUnavailableException otherwise
   */
  void probe();
}
