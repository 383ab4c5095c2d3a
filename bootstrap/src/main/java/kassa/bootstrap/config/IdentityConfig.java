package kassa.bootstrap.config;

import kassa.domain.identity.SessionLimits;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of users, sessions and callers.
 *
 * @param firstAdmin the admin to create if there is none; {@code null} to create none
 * @param sessionLimits how long sessions are valid
 * @param maxConcurrentHashes the maximum of concurrent password hashes, 19 MiB each
 * @param rateLimitPerMinute rate limit of each caller in calls per minute
 */
public record IdentityConfig(
    @Nullable FirstAdmin firstAdmin,
    SessionLimits sessionLimits,
    int maxConcurrentHashes,
    int rateLimitPerMinute) {

  /** Returns the same configuration without a first admin. */
  IdentityConfig withoutFirstAdmin() {
    return new IdentityConfig(null, sessionLimits, maxConcurrentHashes, rateLimitPerMinute);
  }
}
