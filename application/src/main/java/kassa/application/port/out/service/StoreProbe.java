package kassa.application.port.out.service;

import kassa.application.port.out.StoreUnavailableException;

/** Health probe of the store. Thread-safe. */
public interface StoreProbe {

  /**
   * Returns if the store responds, accepts writes, and its schema has the version that this program
   * needs.
   *
   * @throws kassa.application.port.out.StoreReadOnlyException if it responds but accepts only reads
   * @throws StoreUnavailableException otherwise
   */
  void probe();
}
