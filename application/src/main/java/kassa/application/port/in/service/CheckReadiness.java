package kassa.application.port.in.service;

/** Tells whether requests can be served now. */
public interface CheckReadiness {

  /** Whether the store can be reached; the answer takes a few seconds at most. */
  boolean isReady();
}
