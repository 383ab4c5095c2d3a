package kassa.domain.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Session of a user, from sign-in to sign-out or to a timeout.
 *
 * @param id the id of the session; not a secret
 * @param user the user
 * @param device the user agent at sign-in, at most 200 characters; {@code null} if unknown
 * @param address the IP address at sign-in
 * @param createdAt the time of sign-in, to the microsecond
 * @param lastUsedAt the time of the last use, at most one minute too early
 * @param isLocal whether the local operator started it without a password ({@code ./kassa login})
 */
public record Session(
    SessionId id,
    UserId user,
    @Nullable String device,
    String address,
    Instant createdAt,
    Instant lastUsedAt,
    boolean isLocal) {

  /** Session that was started with a password. */
  public Session(
      SessionId id,
      UserId user,
      @Nullable String device,
      String address,
      Instant createdAt,
      Instant lastUsedAt) {
    this(id, user, device, address, createdAt, lastUsedAt, false);
  }
}
