package kassa.application.port.in.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/** Issues and revokes the keys of programs. For admins. Any number may be good at a time. */
public interface ManageApiKeys {

  /** The most keys of one page. */
  int MAX_PAGE_SIZE = 200;

  /**
   * Keys by their ids, rising, which is by when they were issued; those that are no good as well.
   *
   * @param after the key behind which to begin; at the first if {@code null}
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   */
  List<ApiKey> list(@Nullable ApiKeyId after, int limit);

  /**
   * Issues a key.
   *
   * @param expiresAt until when it is good; {@code null} if for ever
   * @throws kassa.domain.InvalidValueException if the name is not plain or too long, if there is no
   *     scope, or if it has expired already
   */
  Issued issue(String name, Set<Scope> scopes, @Nullable Instant expiresAt, ClientInfo clientInfo);

  /** Revokes a key at once, and tells of it; empty if there is none. Twice is once. */
  Optional<ApiKey> revoke(ApiKeyId id, ClientInfo clientInfo);

  /**
   * A key that was issued.
   *
   * @param key the key
   * @param secret what the program shows, told this once
   */
  record Issued(ApiKey key, String secret) {

    /** All but the secret. */
    @Override
    public String toString() {
      return "Issued[" + key.id() + "]";
    }
  }
}
