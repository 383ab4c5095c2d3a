package kassa.domain.webhook;

import java.time.Instant;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Secret that signs the deliveries to an endpoint.
 *
 * @param number 1 for the first secret of an endpoint, then counted up; not a secret
 * @param text {@code whsec_} and 24 to 64 bytes in Base64
 * @param createdAt when it was generated, to the microsecond
 * @param expiresAt until when it signs, exclusive; {@code null} if until it is removed
 */
public record WebhookSecret(
    int number, String text, Instant createdAt, @Nullable Instant expiresAt) {

  /** The prefix of every secret. */
  public static final String PREFIX = "whsec_";

  /** 32 to 88 characters are 24 to 64 bytes. */
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9+/]{32,86}={0,2}");

  /**
   * Validates the number and the text.
   *
   * @throws InvalidValueException if one of them is not valid
   */
  public WebhookSecret {
    if (number < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "number must be 1 or more");
    }
    if (!FORM.matcher(text).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED, "a secret must be whsec_ and 24 to 64 bytes in Base64");
    }
  }

  /** Returns whether the secret signs at a time. */
  public boolean isLiveAt(Instant time) {
    return expiresAt == null || time.isBefore(expiresAt);
  }

  /** Returns the secret with an end. */
  public WebhookSecret expiringAt(@Nullable Instant end) {
    return new WebhookSecret(number, text, createdAt, end);
  }

  /** Without the secret text. */
  @Override
  public String toString() {
    return "WebhookSecret[" + number + "]";
  }
}
