package kassa.application;

import static kassa.application.House.HOME;
import static kassa.contract.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import kassa.application.port.in.ManageKeys;
import kassa.application.port.in.SignIn;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.SamplePeople;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

  private static final String ANN = "ann@example.com";

  private final House house = new House();
  private User ann = SamplePeople.user(ANN, Role.CUSTOMER);

  @BeforeEach
  void register() {
    ann = house.user(ANN, Role.CUSTOMER);
  }

  @Test
  void knows_nobody_by_what_was_never_issued() {
    assertThat(isLetIn("")).isFalse();
    assertThat(isLetIn("session-")).isFalse();
    assertThat(isLetIn("session-99999999999999999999")).isFalse();
    assertThat(isLetIn("key-99999999999999999999")).isFalse();
  }

  @Test
  void a_session_that_is_not_used_ends_after_half_an_hour() {
    String token = house.signedIn(ANN).token();

    house.clock.advance(Duration.ofMinutes(30));

    assertThat(isLetIn(token)).isFalse();
  }

  @Test
  void a_session_that_is_used_lives_on_until_twelve_hours_have_gone() {
    String token = house.signedIn(ANN).token();
    for (int i = 0; i < 24; i++) {
      house.clock.advance(Duration.ofMinutes(30).minusSeconds(1));
      assertThat(isLetIn(token)).isTrue();
    }
    house.clock.advance(Duration.ofSeconds(23));
    assertThat(isLetIn(token)).isTrue();

    house.clock.advance(Duration.ofSeconds(1));

    assertThat(isLetIn(token)).isFalse();
  }

  @Test
  void when_a_session_was_used_is_written_at_most_once_a_minute() {
    SignIn.Outcome.SignedIn signedIn = house.signedIn(ANN);
    Instant start = house.clock.instant();

    house.clock.advance(Duration.ofSeconds(59));
    house.caller(signedIn.token());
    assertThat(lastUse(signedIn.session())).isEqualTo(start);

    house.clock.advance(Duration.ofSeconds(1));
    house.caller(signedIn.token());
    assertThat(lastUse(signedIn.session())).isEqualTo(start.plusSeconds(60));
  }

  @Test
  void a_role_that_is_taken_away_is_gone_at_once_and_so_is_who_is_disabled() {
    String token = house.signedIn(ANN).token();
    User operator = SamplePeople.changed(ann, Role.OPERATOR, false);
    house.all.users().change(operator);
    assertThat(house.caller(token))
        .isInstanceOfSatisfying(
            Caller.SignedIn.class, caller -> assertThat(caller.role()).isEqualTo(Role.OPERATOR));

    house.all.users().change(SamplePeople.changed(operator, Role.OPERATOR, true));

    assertThat(isLetIn(token)).isFalse();
  }

  @Test
  void a_key_is_good_until_it_expires_or_is_revoked() {
    Instant start = house.clock.instant();
    ManageKeys.Issued brief = issue(start.plusSeconds(60));
    ManageKeys.Issued forEver = issue(null);
    assertThat(house.caller(forEver.secret()))
        .isEqualTo(new Caller.Program(forEver.key().id(), Set.of(Scope.ORDERS_READ)));

    house.clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(isLetIn(brief.secret())).isTrue();
    house.clock.advance(Duration.ofMillis(1));
    assertThat(isLetIn(brief.secret())).isFalse();

    house.useCases.manageKeys().by(ADMIN).revoke(forEver.key().id(), HOME);
    assertThat(isLetIn(forEver.secret())).isFalse();
  }

  @Test
  void when_a_key_was_used_is_written_at_most_once_a_minute() {
    Instant start = house.clock.instant();
    ManageKeys.Issued issued = issue(null);
    house.caller(issued.secret());
    house.clock.advance(Duration.ofSeconds(59));
    house.caller(issued.secret());
    assertThat(house.all.keys().list(null, 1).getFirst().lastUsedAt()).isEqualTo(start);

    house.clock.advance(Duration.ofSeconds(1));
    house.caller(issued.secret());

    assertThat(house.all.keys().list(null, 1).getFirst().lastUsedAt())
        .isEqualTo(start.plusSeconds(60));
  }

  @Test
  void an_outage_is_never_answered_as_absence() {
    String token = house.signedIn(ANN).token();
    house.stores.takeAway();

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> isLetIn(token));
  }

  private boolean isLetIn(String token) {
    return house.useCases.authenticate().by(token).isPresent();
  }

  private Instant lastUse(Session session) {
    return house.all.sessions().list(ann.id(), Instant.EPOCH, Instant.EPOCH).stream()
        .filter(each -> each.id().equals(session.id()))
        .findAny()
        .orElseThrow()
        .lastUsedAt();
  }

  private ManageKeys.Issued issue(@Nullable Instant expiresAt) {
    return house
        .useCases
        .manageKeys()
        .by(ADMIN)
        .issue("shop", Set.of(Scope.ORDERS_READ), expiresAt, HOME);
  }
}
