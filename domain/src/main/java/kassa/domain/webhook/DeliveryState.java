package kassa.domain.webhook;

/** State of a delivery. */
public enum DeliveryState {
  /** It is waiting for its first or its next attempt. */
  PENDING,
  /** The receiver has accepted it. */
  DELIVERED,
  /** All attempts failed. */
  FAILED
}
