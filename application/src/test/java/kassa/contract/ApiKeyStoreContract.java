package kassa.contract;

import static kassa.contract.fixture.TestUsers.START;
import static kassa.contract.fixture.TestUsers.key;
import static kassa.contract.fixture.TestUsers.nextKey;
import static kassa.contract.fixture.TestUsers.nextToken;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kassa.application.port.out.identity.ApiKeyStore;
import kassa.application.port.out.identity.TokenHash;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.IdentityStoresFixture;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link ApiKeyStore}: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ApiKeyStoreContract {

  private static final Instant LATER = START.plusSeconds(3600);

  /** The stores under test. */
  protected abstract IdentityStoresFixture stores();

  private ApiKeyStore store() {
    return stores().apiKeys();
  }

  @Test
  void finds_a_key_by_its_hash_as_it_was_added() {
    ApiKey plain = key("shop", Scope.ORDERS_WRITE);
    ApiKey rich =
        new ApiKey(
            nextKey(),
            "ä".repeat(ApiKey.MAX_NAME_LENGTH),
            EnumSet.allOf(Scope.class),
            "key_" + "0".repeat(26),
            START,
            LATER,
            START.plusSeconds(1),
            START.plusSeconds(2));
    TokenHash one = nextToken();
    TokenHash other = nextToken();

    store().add(plain, one);
    store().add(rich, other);

    assertThat(store().find(one)).contains(plain);
    assertThat(store().find(other)).contains(rich);
    assertThat(store().find(nextToken())).isEmpty();
  }

  @Test
  void lists_valid_and_invalid_keys_by_id() {
    List<ApiKey> keys =
        List.of(key("c", Scope.ADMIN), key("b", Scope.ADMIN), key("a", Scope.ADMIN));
    keys.forEach(key -> store().add(key, nextToken()));
    ApiKey revoked = store().revoke(keys.get(1).id(), LATER).orElseThrow();

    assertThat(store().list(null, 2)).containsExactly(keys.get(0), revoked);
    assertThat(store().list(revoked.id(), 2)).containsExactly(keys.get(2));
    assertThat(store().list(keys.get(2).id(), 2)).isEmpty();
  }

  @Test
  void revokes_a_key_once_with_immediate_effect() {
    TokenHash hash = nextToken();
    ApiKey key = key("shop", Scope.ORDERS_READ, Scope.REPORTS_READ);
    store().add(key, hash);
    assertThat(store().find(hash)).contains(key);
    ApiKey revoked =
        new ApiKey(key.id(), key.name(), key.scopes(), key.createdBy(), START, null, LATER, null);

    assertThat(store().revoke(key.id(), LATER)).contains(revoked);
    assertThat(store().find(hash)).contains(revoked);
    assertThat(store().revoke(key.id(), LATER.plusSeconds(1))).contains(revoked);
    assertThat(store().revoke(nextKey(), LATER)).isEmpty();
  }

  @Test
  void concurrent_revocations_return_the_same_key() throws Exception {
    ApiKey key = key("shop", Scope.ADMIN);
    store().add(key, nextToken());

    List<ApiKey> revoked =
        ConcurrentRuns.run(
            4, 16, i -> store().revoke(key.id(), START.plusSeconds(i)).orElseThrow());

    assertThat(revoked).extracting(ApiKey::revokedAt).doesNotContainNull();
    assertThat(Set.copyOf(revoked)).hasSize(1);
  }

  @Test
  void records_when_a_key_was_last_used() {
    TokenHash hash = nextToken();
    ApiKey key = key("shop", Scope.RULES_READ, Scope.RULES_WRITE, Scope.PRICES_SET);
    store().add(key, hash);
    assertThat(store().find(hash)).contains(key);

    store().updateLastUsedAt(key.id(), LATER);
    store().updateLastUsedAt(nextKey(), LATER);

    assertThat(store().find(hash))
        .contains(
            new ApiKey(
                key.id(), key.name(), key.scopes(), key.createdBy(), START, null, null, LATER));
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> store().add(key("shop", Scope.ADMIN), nextToken()),
        () -> store().find(nextToken()),
        () -> store().list(null, 1),
        () -> store().revoke(nextKey(), LATER),
        () -> store().updateLastUsedAt(nextKey(), LATER));
  }
}
