package kassa.bootstrap.config;

import java.time.Duration;
import kassa.adapters.secrets.Secrets;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.SessionLimits;
import org.jspecify.annotations.Nullable;

/** Reads the settings of users, sessions and callers. */
final class IdentitySettings {

  private static final Duration MIN_SESSION_DURATION = Duration.ofMinutes(1);
  private static final Duration MAX_SESSION_DURATION = Duration.ofDays(30);

  private IdentitySettings() {}

  static IdentityConfig read(SettingReader reader) {
    return new IdentityConfig(
        new FirstAdmin(
            reader.read(Setting.ADMIN_EMAIL, EmailAddress::parse), readAdminPassword(reader)),
        readSessionLimits(reader),
        reader.read(
            Setting.PASSWORD_CONCURRENCY,
            text -> SettingParsers.parseInt(text, 1, Secrets.MAX_CONCURRENT_HASHES)),
        reader.read(
            Setting.CALLS_PER_MINUTE, text -> SettingParsers.parseInt(text, 1, 100_000_000)));
  }

  /**
   * White space is part of a password, except one line break at its end, which a variable gets from
   * the last line of a file. An error does not quote the password.
   */
  private static @Nullable Password readAdminPassword(SettingReader reader) {
    String text = reader.readUnstripped(Setting.ADMIN_PASSWORD).replaceFirst("\\r?\\n\\z", "");
    try {
      return text.isEmpty() ? null : new Password(text);
    } catch (InvalidValueException invalid) {
      reader.addError(Setting.ADMIN_PASSWORD, invalid.getMessage());
      return null;
    }
  }

  private static SessionLimits readSessionLimits(SettingReader reader) {
    Duration idleTimeout = reader.read(Setting.SESSION_IDLE, IdentitySettings::parseDuration);
    Duration maxAge = reader.read(Setting.SESSION_MAX_AGE, IdentitySettings::parseDuration);
    if (maxAge.compareTo(idleTimeout) < 0) {
      reader.addError(Setting.SESSION_MAX_AGE, "must not be less than KASSA_SESSION_IDLE");
      maxAge = idleTimeout;
    }
    return new SessionLimits(idleTimeout, maxAge);
  }

  private static Duration parseDuration(String text) {
    return SettingParsers.parseDuration(
        text,
        MIN_SESSION_DURATION,
        MAX_SESSION_DURATION,
        "must be a time such as 30m or 12h, from 1m to 720h");
  }
}
