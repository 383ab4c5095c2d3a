package kassa.application;

import static kassa.application.ApplicationFixture.CLIENT;
import static kassa.contract.fixture.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import kassa.application.port.in.identity.ManageApiKeys;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.TestUsers;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticateUseCaseTest {

  private static final String ANN = "ann@example.com";

  private final ApplicationFixture fixture = new ApplicationFixture();
  private User ann = TestUsers.user(ANN, Role.CUSTOMER);

  @BeforeEach
  void register() {
    ann = fixture.user(ANN, Role.CUSTOMER);
  }

  @Test
  void rejects_unknown_tokens() {
    assertThat(isAuthenticated("")).isFalse();
    assertThat(isAuthenticated("session-")).isFalse();
    assertThat(isAuthenticated("session-99999999999999999999")).isFalse();
    assertThat(isAuthenticated("key-99999999999999999999")).isFalse();
  }

  @Test
  void session_expires_after_30_idle_minutes() {
    String token = fixture.signedIn(ANN).token();

    fixture.clock.advance(Duration.ofMinutes(30));

    assertThat(isAuthenticated(token)).isFalse();
  }

  @Test
  void used_session_expires_after_12_hours() {
    String token = fixture.signedIn(ANN).token();
    for (int i = 0; i < 24; i++) {
      fixture.clock.advance(Duration.ofMinutes(30).minusSeconds(1));
      assertThat(isAuthenticated(token)).isTrue();
    }
    fixture.clock.advance(Duration.ofSeconds(23));
    assertThat(isAuthenticated(token)).isTrue();

    fixture.clock.advance(Duration.ofSeconds(1));

    assertThat(isAuthenticated(token)).isFalse();
  }

  @Test
  void session_last_use_is_written_at_most_once_a_minute() {
    SignIn.Outcome.SignedIn signedIn = fixture.signedIn(ANN);
    Instant start = fixture.clock.instant();

    fixture.clock.advance(Duration.ofSeconds(59));
    fixture.caller(signedIn.token());
    assertThat(lastUse(signedIn.session())).isEqualTo(start);

    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.caller(signedIn.token());
    assertThat(lastUse(signedIn.session())).isEqualTo(start.plusSeconds(60));
  }

  @Test
  void role_change_and_disabling_take_effect_immediately() {
    String token = fixture.signedIn(ANN).token();
    User operator = TestUsers.updated(ann, Role.OPERATOR, false);
    fixture.storeSet.identity().users().update(operator, Instant.EPOCH);
    assertThat(fixture.caller(token))
        .isInstanceOfSatisfying(
            Caller.SignedIn.class, caller -> assertThat(caller.role()).isEqualTo(Role.OPERATOR));

    fixture
        .storeSet
        .identity()
        .users()
        .update(TestUsers.updated(operator, Role.OPERATOR, true), Instant.EPOCH);

    assertThat(isAuthenticated(token)).isFalse();
  }

  @Test
  void api_key_is_valid_until_expiry_or_revocation() {
    Instant start = fixture.clock.instant();
    ManageApiKeys.Issued expiring = issue(start.plusSeconds(60));
    ManageApiKeys.Issued unlimited = issue(null);
    assertThat(fixture.caller(unlimited.secret()))
        .isEqualTo(new Caller.ApiClient(unlimited.key().id(), Set.of(Scope.ORDERS_READ)));

    fixture.clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(isAuthenticated(expiring.secret())).isTrue();
    fixture.clock.advance(Duration.ofMillis(1));
    assertThat(isAuthenticated(expiring.secret())).isFalse();

    fixture.useCases.identity().manageApiKeys().as(ADMIN).revoke(unlimited.key().id(), CLIENT);
    assertThat(isAuthenticated(unlimited.secret())).isFalse();
  }

  @Test
  void api_key_last_use_is_written_at_most_once_a_minute() {
    Instant start = fixture.clock.instant();
    ManageApiKeys.Issued issued = issue(null);
    fixture.caller(issued.secret());
    fixture.clock.advance(Duration.ofSeconds(59));
    fixture.caller(issued.secret());
    assertThat(fixture.storeSet.identity().apiKeys().list(null, 1).getFirst().lastUsedAt())
        .isEqualTo(start);

    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.caller(issued.secret());

    assertThat(fixture.storeSet.identity().apiKeys().list(null, 1).getFirst().lastUsedAt())
        .isEqualTo(start.plusSeconds(60));
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() {
    String token = fixture.signedIn(ANN).token();
    fixture.stores.makeUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> isAuthenticated(token));
  }

  private boolean isAuthenticated(String token) {
    return fixture.useCases.identity().authenticate().authenticate(token).isPresent();
  }

  private Instant lastUse(Session session) {
    return fixture
        .storeSet
        .identity()
        .sessions()
        .list(ann.id(), Instant.EPOCH, Instant.EPOCH)
        .stream()
        .filter(each -> each.id().equals(session.id()))
        .findAny()
        .orElseThrow()
        .lastUsedAt();
  }

  private ManageApiKeys.Issued issue(@Nullable Instant expiresAt) {
    return fixture
        .useCases
        .identity()
        .manageApiKeys()
        .as(ADMIN)
        .issue("shop", Set.of(Scope.ORDERS_READ), expiresAt, CLIENT);
  }
}
