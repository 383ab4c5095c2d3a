package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * Passwords that somebody else has seen before their user did: they are not kept for long. Source:
 * OWASP ASVS 5.0, 6.4.1.
 */
final class InitialPassword {

  /** Long enough for the first steps, and for handing it over. */
  static final Duration GOOD_FOR = Duration.ofHours(24);

  private InitialPassword() {}

  /** When one that is set now is to have been changed. */
  static Instant due(Instant now) {
    return now.plus(GOOD_FOR);
  }
}
