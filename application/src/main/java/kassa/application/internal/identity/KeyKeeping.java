package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kassa.application.port.in.ManageKeys;
import kassa.application.port.in.Origin;
import kassa.application.port.out.ApiKeyStore;
import kassa.application.port.out.Tokens;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/** Issues and revokes the keys of programs. */
public final class KeyKeeping {

  private final ApiKeyStore keys;
  private final Tokens tokens;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public KeyKeeping(
      ApiKeyStore keys, Tokens tokens, AuditTrail trail, InstantSource clock, Supplier<UUID> ids) {
    this.keys = keys;
    this.tokens = tokens;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  /** The keys, as this caller manages them. */
  public ManageKeys by(Caller caller) {
    return new Managed(caller);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private final class Managed implements ManageKeys {

    private final Caller caller;

    private Managed(Caller caller) {
      this.caller = caller;
    }

    @Override
    public List<ApiKey> list(@Nullable ApiKeyId after, int limit) {
      return keys.list(after, Limits.checked(limit, MOST_PER_PAGE));
    }

    @Override
    public Issued issue(
        String name, Set<Scope> scopes, @Nullable Instant expiresAt, Origin origin) {
      Instant now = now();
      if (expiresAt != null && !expiresAt.isAfter(now)) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE, "expiresAt must be in the time to come");
      }
      ApiKey key =
          new ApiKey(
              new ApiKeyId(ids.get()),
              name,
              scopes,
              caller.name(),
              now,
              expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS),
              null,
              null);
      Tokens.Token token = tokens.apiKey();
      keys.add(key, token.hash());
      trail.write(Kind.KEY_ISSUED, caller.name(), key.id(), origin.address(), words(key.scopes()));
      return new Issued(key, token.text());
    }

    @Override
    public Optional<ApiKey> revoke(ApiKeyId id, Origin origin) {
      Instant now = now();
      Optional<ApiKey> revoked = keys.revoke(id, now);
      if (revoked.filter(key -> now.equals(key.revokedAt())).isPresent()) {
        trail.write(Kind.KEY_REVOKED, caller.name(), id, origin.address(), null);
      }
      return revoked;
    }
  }

  private static String words(Set<Scope> scopes) {
    return scopes.stream().map(Scope::word).collect(Collectors.joining(" "));
  }
}
