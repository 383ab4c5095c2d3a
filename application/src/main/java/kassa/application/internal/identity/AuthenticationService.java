package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.out.StoreReadOnlyException;
import kassa.application.port.out.identity.ApiKeyStore;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.SessionStore.ActiveSession;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.TokenHash;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionLimits;
import org.jspecify.annotations.Nullable;

/** Authenticates callers by session token or API key. */
public final class AuthenticationService implements Authenticate {

  /** Minimum interval between two writes of the last-used time. */
  static final Duration LAST_USED_PRECISION = Duration.ofMinutes(1);

  private final TokenGenerator tokens;
  private final SessionStore sessions;
  private final ApiKeyStore keys;
  private final SessionLimits limits;
  private final InstantSource clock;

  public AuthenticationService(
      TokenGenerator tokens,
      SessionStore sessions,
      ApiKeyStore keys,
      SessionLimits limits,
      InstantSource clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.keys = keys;
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> authenticate(String token) {
    Instant now = clock.instant();
    return tokens
        .parse(token)
        .flatMap(parsed ->
            switch (parsed.kind()) {
              case SESSION -> authenticateUser(parsed.hash(), now);
              case API_KEY -> authenticateApiKey(parsed.hash(), now);
            });
  }

  private Optional<Caller> authenticateUser(TokenHash hash, Instant now) {
    Optional<ActiveSession> found =
        sessions.find(hash).filter(active -> limits.isActive(active.session(), now));
    found
        .map(ActiveSession::session)
        .filter(session -> needsLastUsedUpdate(session.lastUsedAt(), now))
        .ifPresent(session -> ignoringReadOnly(() -> sessions.updateLastUsedAt(session.id(), now)));
    return found.map(active -> {
      Session session = active.session();
      return new Caller.SignedIn(
          session.user(), active.role(), session.id(), isPasswordChangeRequired(active, now), null);
    });
  }

  /** A session of {@code ./kassa login} never used the temporary password; see decision 0112. */
  private static boolean isPasswordChangeRequired(ActiveSession active, Instant now) {
    Instant expiresAt = active.passwordExpiresAt();
    return expiresAt != null && !now.isBefore(expiresAt) && !active.session().isLocal();
  }

  private Optional<Caller> authenticateApiKey(TokenHash hash, Instant now) {
    Optional<ApiKey> found = keys.find(hash).filter(key -> key.isValidAt(now));
    found
        .filter(key -> needsLastUsedUpdate(key.lastUsedAt(), now))
        .ifPresent(key -> ignoringReadOnly(() -> keys.updateLastUsedAt(key.id(), now)));
    return found.map(key -> new Caller.ApiClient(key.id(), key.scopes()));
  }

  /** A store that accepts only reads still serves them. */
  private static void ignoringReadOnly(Runnable update) {
    try {
      update.run();
    } catch (StoreReadOnlyException readOnly) {
      // The time of the last use stays older; the session ends earlier, but never later.
    }
  }

  private static boolean needsLastUsedUpdate(@Nullable Instant lastUsedAt, Instant now) {
    return lastUsedAt == null || !now.isBefore(lastUsedAt.plus(LAST_USED_PRECISION));
  }
}
