package kassa.domain.webhook;

/** Why an endpoint is paused. */
public enum PauseReason {
  /** A caller paused it. */
  PERSON,
  /** The receiver answered 410 Gone. */
  GONE,
  /** All attempts of a delivery failed, and none of another one succeeded meanwhile. */
  FAILURES
}
