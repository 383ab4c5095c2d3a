package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * Temporary passwords: another person knows them, so they expire soon. Source: OWASP ASVS 5.0,
 * 6.4.1.
 */
final class TemporaryPassword {

  /** Validity: long enough to hand the password over and to sign in for the first time. */
  static final Duration VALIDITY = Duration.ofHours(24);

  private TemporaryPassword() {}

  /** Returns when a temporary password that is set now expires. */
  static Instant expiresAt(Instant now) {
    return now.plus(VALIDITY);
  }
}
