package kassa.application.port.out.service;

import kassa.application.port.out.StoreUnavailableException;

/** Health probe of the store. Thread-safe. */
public interface StoreProbe {

  /**
   * Returns if the store responds and its schema has the version that this program needs.
   *
   * @throws StoreUnavailableException otherwise
   */
  void probe();
}
