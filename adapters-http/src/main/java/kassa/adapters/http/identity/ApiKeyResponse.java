package kassa.adapters.http.identity;

import java.time.Instant;
import java.util.List;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/**
 * API key, without its secret.
 *
 * @param id id of the key
 * @param name purpose of the key
 * @param scopes granted scopes
 * @param createdBy the user who issued it
 * @param createdAt time of issue
 * @param expiresAt end of validity; {@code null} if it does not expire
 * @param revokedAt time of revocation; {@code null} if it was not revoked
 * @param lastUsedAt time of the last use, at most one minute too early; {@code null} if unused
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

  /** Converts an API key to its response. */
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
