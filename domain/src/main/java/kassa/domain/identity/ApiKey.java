package kassa.domain.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * API key of a program, without its secret. Immutable.
 *
 * @param id the id of the key; not a secret
 * @param name the purpose of the key, 1 to {@value #MAX_NAME_LENGTH} characters
 * @param scopes the scopes that the key grants, at least one
 * @param createdBy the {@link Caller#name()} of the caller who issued the key
 * @param createdAt the time of issue, to the microsecond
 * @param expiresAt the time of expiry, exclusive; {@code null} if the key does not expire
 * @param revokedAt the time of revocation; {@code null} if the key is not revoked
 * @param lastUsedAt the time of the last use, at most one minute too early; {@code null} if the key
 *     was never used
 */
public record ApiKey(
    ApiKeyId id,
    String name,
    Set<Scope> scopes,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {

  /** The maximum length of a name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  /**
   * Validates the name and the scopes.
   *
   * @throws InvalidValueException if the name is empty, too long or not plain, or if there is no
   *     scope
   */
  public ApiKey {
    PlainText.singleLine("name", name, MAX_NAME_LENGTH);
    if (scopes.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "scopes must hold at least one scope");
    }
    EnumSet<Scope> copy = EnumSet.copyOf(scopes);
    scopes = Collections.unmodifiableSet(copy);
  }

  /** Returns whether the key is neither expired nor revoked at a time. */
  public boolean isValidAt(Instant time) {
    return revokedAt == null && (expiresAt == null || time.isBefore(expiresAt));
  }
}
