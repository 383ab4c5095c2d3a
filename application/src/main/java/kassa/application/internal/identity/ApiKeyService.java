package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import kassa.application.port.in.Slice;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.ManageApiKeys;
import kassa.application.port.out.identity.ApiKeyStore;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/** Issues, lists and revokes API keys of programs. */
public final class ApiKeyService {

  private final ApiKeyStore keys;
  private final TokenGenerator tokens;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public ApiKeyService(
      ApiKeyStore keys,
      TokenGenerator tokens,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.keys = keys;
    this.tokens = tokens;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  /** Returns the use case for this caller. */
  public ManageApiKeys as(Caller caller) {
    return new AsCaller(caller);
  }

  private final class AsCaller implements ManageApiKeys {

    private final Caller caller;

    private AsCaller(Caller caller) {
      this.caller = caller;
    }

    @Override
    public Slice<ApiKey> list(@Nullable ApiKeyId after, int limit) {
      return Slice.read(limit, count -> keys.list(after, count));
    }

    @Override
    public Issued issue(
        String name, Set<Scope> scopes, @Nullable Instant expiresAt, ClientInfo clientInfo) {
      Instant now = clock.instant();
      if (expiresAt != null && !expiresAt.isAfter(now)) {
        throw new InvalidValueException(Reason.OUT_OF_RANGE, "expiresAt must be in the future");
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
      TokenGenerator.NewToken token = tokens.newApiKey();
      keys.add(key, token.hash());
      trail.write(
          Kind.KEY_ISSUED, caller.name(), key.id(), clientInfo.address(), scopeWords(key.scopes()));
      return new Issued(key, token.text());
    }

    @Override
    public Optional<ApiKey> revoke(ApiKeyId id, ClientInfo clientInfo) {
      Instant now = clock.instant();
      Optional<ApiKey> revoked = keys.revoke(id, now);
      if (revoked.filter(key -> now.equals(key.revokedAt())).isPresent()) {
        trail.write(Kind.KEY_REVOKED, caller.name(), id, clientInfo.address(), null);
      }
      return revoked;
    }
  }

  private static String scopeWords(Set<Scope> scopes) {
    return scopes.stream().map(Scope::wireName).collect(Collectors.joining(" "));
  }
}
