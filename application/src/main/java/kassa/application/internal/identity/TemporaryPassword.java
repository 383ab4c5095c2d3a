package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * Passwords that somebody else has seen before their user did: they are not kept for long. Source:
 * OWASP ASVS 5.0, 6.4.1.
 */
final class TemporaryPassword {

  /** Long enough for the first steps, and for handing it over. */
  static final Duration VALIDITY = Duration.ofHours(24);

  private TemporaryPassword() {}

  /** When one that is set now is to have been changed. */
  static Instant expiresAt(Instant now) {
    return now.plus(VALIDITY);
  }
}
