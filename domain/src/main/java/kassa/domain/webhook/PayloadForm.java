package kassa.domain.webhook;

/** What the body of a delivery contains. */
public enum PayloadForm {
  /** The event with its data. */
  FULL,
  /** The event without its data: the receiver reads the resource itself. */
  THIN
}
