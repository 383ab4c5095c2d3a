package kassa.adapters.http.identity;

import java.time.Instant;
import java.util.List;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The key of a program, without its secret.
 *
 * @param id names it
 * @param name what it is for
 * @param scopes what it is good for
 * @param createdBy who issued it
 * @param createdAt when it was issued
 * @param expiresAt until when it is good; {@code null} if for ever
 * @param revokedAt since when it is no good any more; {@code null} if it was not revoked
 * @param lastUsedAt when it was last used, a minute too early at most; {@code null} if it was not
 */
public record ApiKeyResponse(
    String id,
    String name,
    List<String> scopes,
    String createdBy,
    String createdAt,
    @Nullable String expiresAt,
    @Nullable String revokedAt,
    @Nullable String lastUsedAt) {

  /** Writes a key down. */
  public static ApiKeyResponse of(ApiKey key) {
    return new ApiKeyResponse(
        key.id().toString(),
        key.name(),
        key.scopes().stream().map(Scope::wireName).toList(),
        key.createdBy(),
        key.createdAt().toString(),
        text(key.expiresAt()),
        text(key.revokedAt()),
        text(key.lastUsedAt()));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
