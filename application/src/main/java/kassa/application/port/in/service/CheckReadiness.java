package kassa.application.port.in.service;

/** Readiness check: whether requests can be served now. */
public interface CheckReadiness {

  /** Returns whether the store can be reached. Takes a few seconds at most. */
  boolean isReady();
}
