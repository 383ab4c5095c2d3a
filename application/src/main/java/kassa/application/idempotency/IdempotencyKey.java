package kassa.application.idempotency;

import java.util.Comparator;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Idempotency key of a request, chosen by the client. Keys are scoped per caller: callers do not
 * see each other's keys.
 *
 * @param caller the caller, or {@link #ANONYMOUS_CALLER}
 * @param text the key, 1 to {@value #MAX_LENGTH} printable ASCII characters without spaces
 */
public record IdempotencyKey(String caller, String text) implements Comparable<IdempotencyKey> {

  private static final Comparator<IdempotencyKey> ORDER =
      Comparator.comparing(IdempotencyKey::caller).thenComparing(IdempotencyKey::text);

  /** Maximum length of a key, in characters. */
  public static final int MAX_LENGTH = 255;

  /** Caller of anonymous requests. */
  public static final String ANONYMOUS_CALLER = "";

  /**
   * @throws InvalidValueException if the text has another length or contains other characters
   */
  public IdempotencyKey {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "an idempotency key must have 1 to " + MAX_LENGTH + " characters");
    }
    if (!text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
      throw new InvalidValueException(
          Reason.MALFORMED,
          "an idempotency key must contain only printable ASCII characters without spaces");
    }
  }

  @Override
  public int compareTo(IdempotencyKey other) {
    return ORDER.compare(this, other);
  }
}
