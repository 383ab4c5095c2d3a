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
 * The key of a program, without its secret.
 *
 * @param id names it; it is no secret
 * @param name what it is for, 1 to {@value #MAX_NAME_LENGTH} characters
 * @param scopes what it is good for, one at least
 * @param createdBy who issued it, as {@link Caller#name()} calls them
 * @param createdAt when it was issued, to the microsecond
 * @param expiresAt until when it is good; {@code null} if for ever
 * @param revokedAt since when it is not good any more; {@code null} if it is
 * @param lastUsedAt when it was last used, a minute too early at most; {@code null} if it was not
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

  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 100;

  /**
   * @throws InvalidValueException if the name is not plain, or if there is no scope
   */
  public ApiKey {
    PlainText.singleLine("name", name, MAX_NAME_LENGTH);
    if (scopes.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "scopes must hold at least one scope");
    }
    EnumSet<Scope> copy = EnumSet.copyOf(scopes);
    scopes = Collections.unmodifiableSet(copy);
  }

  /** Whether it is good at a time. */
  public boolean isValidAt(Instant time) {
    return revokedAt == null && (expiresAt == null || time.isBefore(expiresAt));
  }
}
