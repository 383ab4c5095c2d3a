package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kassa.application.port.in.Authenticate;
import kassa.application.port.out.ApiKeyStore;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.SessionStore.Live;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.Tokens;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Session;
import org.jspecify.annotations.Nullable;

/** Tells who asks by the token that they show. */
public final class Authentication implements Authenticate {

  /** When something was last used is written no more often than this. */
  static final Duration TOUCHED = Duration.ofMinutes(1);

  private final Tokens tokens;
  private final SessionStore sessions;
  private final ApiKeyStore keys;
  private final SessionLife life;
  private final InstantSource clock;

  public Authentication(
      Tokens tokens,
      SessionStore sessions,
      ApiKeyStore keys,
      SessionLife life,
      InstantSource clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.keys = keys;
    this.life = life;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> by(String token) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return tokens
        .read(token)
        .flatMap(shown ->
            switch (shown.kind()) {
              case SESSION -> person(shown.hash(), now);
              case API_KEY -> program(shown.hash(), now);
            });
  }

  private Optional<Caller> person(TokenHash hash, Instant now) {
    Optional<Live> found = sessions.find(hash).filter(live -> life.goesOn(live.session(), now));
    found
        .map(Live::session)
        .filter(session -> isToBeTouched(session.lastUsedAt(), now))
        .ifPresent(session -> sessions.touch(session.id(), now));
    return found.map(live -> {
      Session session = live.session();
      return new Caller.SignedIn(
          session.user(), live.role(), session.id(), isDue(live.passwordDue(), now), null);
    });
  }

  private static boolean isDue(@Nullable Instant due, Instant now) {
    return due != null && !now.isBefore(due);
  }

  private Optional<Caller> program(TokenHash hash, Instant now) {
    Optional<ApiKey> found = keys.find(hash).filter(key -> key.isGoodAt(now));
    found
        .filter(key -> isToBeTouched(key.lastUsedAt(), now))
        .ifPresent(key -> keys.touch(key.id(), now));
    return found.map(key -> new Caller.Program(key.id(), key.scopes()));
  }

  private static boolean isToBeTouched(@Nullable Instant lastUsedAt, Instant now) {
    return lastUsedAt == null || !now.isBefore(lastUsedAt.plus(TOUCHED));
  }
}
