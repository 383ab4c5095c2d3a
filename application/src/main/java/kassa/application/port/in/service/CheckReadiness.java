package kassa.application.port.in.service;

/** Readiness check: whether requests can be served now. */
public interface CheckReadiness {

  /** Result of the check. */
  enum Readiness {
    /** All requests can be served. */
    READY,
    /** The store accepts only reads. */
    READ_ONLY,
    /** All requests can be served, but the first ones slowly. */
    WARMING_UP,
    /** The store does not respond. */
    UNAVAILABLE
  }

  /** Checks the store. Takes a few seconds at most. */
  Readiness check();
}
