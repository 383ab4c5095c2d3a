package kassa.application.idempotency;

/**
 * An idempotency record exists under the key of a change; the change was not stored. Another node
 * completed a request with the same key at the same time, or it was completed before.
 */
public final class IdempotencyKeyTakenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public IdempotencyKeyTakenException() {
    super("an idempotency record exists under the key", null, false, false);
  }
}
