package kassa.application.idempotency;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Names a call, so that it is done once however often it is sent. Callers do not see each other's
 * keys.
 *
 * @param caller who calls, empty for anybody
 * @param text what they named the call, 1 to {@value #MAX_LENGTH} printable characters of ASCII
 */
public record IdempotencyKey(String caller, String text) {

  /** The most characters of a key. */
  public static final int MAX_LENGTH = 255;

  /** Who calls as long as nobody is known. */
  public static final String ANONYMOUS_CALLER = "";

  /**
   * @throws InvalidValueException if the text is anything else
   */
  public IdempotencyKey {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "an idempotency key must have 1 to " + MAX_LENGTH + " characters");
    }
    if (!text.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
      throw new InvalidValueException(
          Reason.MALFORMED, "an idempotency key must be of printable characters of ASCII");
    }
  }
}
