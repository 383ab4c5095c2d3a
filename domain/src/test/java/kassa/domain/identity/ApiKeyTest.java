package kassa.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

  @Test
  void is_valid_until_it_expires_or_is_revoked() {
    assertThat(key(null, null).isValidAt(Instant.MAX)).isTrue();
    assertThat(key(NOON, null).isValidAt(NOON.minusNanos(1_000))).isTrue();
    assertThat(key(NOON, null).isValidAt(NOON)).isFalse();
    assertThat(key(null, NOON).isValidAt(NOON.minusSeconds(1))).isFalse();
  }

  @Test
  void has_a_name_and_a_scope() {
    assertRejected("", Set.of(Scope.ADMIN));
    assertRejected("a".repeat(ApiKey.MAX_NAME_LENGTH + 1), Set.of(Scope.ADMIN));
    assertRejected("shop", Set.of());
  }

  private static ApiKey key(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
    return new ApiKey(
        new ApiKeyId(new UUID(1, 1)),
        "shop",
        Set.of(Scope.ADMIN),
        "usr_1",
        Instant.EPOCH,
        expiresAt,
        revokedAt,
        null);
  }

  private static void assertRejected(String name, Set<Scope> scopes) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() ->
            new ApiKey(
                new ApiKeyId(new UUID(1, 1)), name, scopes, "usr_1", NOON, null, null, null));
  }
}
