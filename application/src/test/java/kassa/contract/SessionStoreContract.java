package kassa.contract;

import static kassa.contract.fixture.TestUsers.START;
import static kassa.contract.fixture.TestUsers.insertUser;
import static kassa.contract.fixture.TestUsers.nextSession;
import static kassa.contract.fixture.TestUsers.nextToken;
import static kassa.contract.fixture.TestUsers.nextUser;
import static kassa.contract.fixture.TestUsers.session;
import static kassa.contract.fixture.TestUsers.updated;
import static kassa.contract.fixture.TestUsers.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.SessionStore.ActiveSession;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore.UpdateResult;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.IdentityStoresFixture;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link SessionStore}: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SessionStoreContract {

  private static final Duration MICRO = Duration.ofNanos(1_000);
  private static final Instant LATER = START.plusSeconds(3600);

  private User ann = user("unknown@example.com", Role.CUSTOMER);
  private User bob = ann;

  /** The stores under test. */
  protected abstract IdentityStoresFixture stores();

  private SessionStore store() {
    return stores().sessions();
  }

  @BeforeEach
  void register() {
    ann = insertUser(stores().users(), "ann@example.com", Role.CUSTOMER);
    bob = insertUser(stores().users(), "bob@example.com", Role.OPERATOR);
  }

  @Test
  void finds_a_session_by_token_as_created() {
    Session plain = new Session(nextSession(), ann.id(), null, "2001:db8::1", START, LATER);
    Session rich =
        new Session(nextSession(), bob.id(), "ä".repeat(200), "192.0.2.1", START, START, true);
    TokenHash one = nextToken();
    TokenHash other = nextToken();

    assertThat(store().create(plain, one)).isTrue();
    assertThat(store().create(rich, other)).isTrue();

    assertThat(store().find(one)).contains(new ActiveSession(plain, Role.CUSTOMER));
    assertThat(store().find(other)).contains(new ActiveSession(rich, Role.OPERATOR));
    assertThat(store().find(nextToken())).isEmpty();
  }

  @Test
  void creates_no_session_for_disabled_or_unknown_users() {
    stores().users().update(updated(ann, Role.CUSTOMER, true), Instant.EPOCH);
    TokenHash token = nextToken();

    assertThat(store().create(session(ann), token)).isFalse();
    assertThat(store().create(session(user("c@example.com", Role.ADMIN)), token)).isFalse();

    assertThat(store().find(token)).isEmpty();
    assertThat(all(ann)).isEmpty();
  }

  @Test
  void returns_the_current_role_and_nothing_for_disabled_users() {
    TokenHash token = nextToken();
    Session session = session(ann);
    store().create(session, token);
    assertThat(store().find(token)).contains(new ActiveSession(session, Role.CUSTOMER));

    User operator = updated(ann, Role.OPERATOR, false);
    stores().users().update(operator, Instant.EPOCH);
    assertThat(store().find(token)).contains(new ActiveSession(session, Role.OPERATOR));

    stores().users().update(updated(operator, Role.OPERATOR, true), Instant.EPOCH);
    assertThat(store().find(token)).isEmpty();
  }

  @Test
  void disabled_user_has_no_session_despite_concurrent_sign_in() throws Exception {
    for (int round = 0; round < 6; round++) {
      User user = insertUser(stores().users(), "round-" + round + "@example.com", Role.CUSTOMER);

      ConcurrentRuns.run(
          2,
          2,
          i ->
              i == 0
                  ? store().create(session(user), nextToken())
                  : stores().users().update(updated(user, Role.CUSTOMER, true), Instant.EPOCH)
                      == UpdateResult.DONE);

      assertThat(all(user)).isEmpty();
    }
  }

  @Test
  void records_last_use_unless_the_session_has_ended() {
    TokenHash token = nextToken();
    Session session = session(ann);
    store().create(session, token);
    assertThat(store().find(token)).isPresent();

    store().updateLastUsedAt(session.id(), LATER);
    assertThat(store().find(token).orElseThrow().session().lastUsedAt()).isEqualTo(LATER);
    assertThat(store().find(token).orElseThrow().session().createdAt()).isEqualTo(START);

    store().end(session.id(), ann.id());
    store().updateLastUsedAt(session.id(), LATER);
    assertThat(store().find(token)).isEmpty();
  }

  @Test
  void lists_the_active_sessions_of_a_user() {
    Session used = session(ann, START, LATER);
    Session unused = session(ann, START, LATER.minus(MICRO));
    Session old = session(ann, START.minus(MICRO), LATER);
    List.of(used, unused, old).forEach(session -> store().create(session, nextToken()));
    store().create(session(bob, LATER, LATER), nextToken());

    assertThat(all(ann)).containsExactlyInAnyOrder(used, unused, old);
    assertThat(store().list(ann.id(), LATER.minus(MICRO), START.minus(MICRO)))
        .containsExactly(used);
    assertThat(store().list(ann.id(), LATER, Instant.EPOCH)).isEmpty();
    assertThat(store().list(nextUser(), Instant.EPOCH, Instant.EPOCH)).isEmpty();
  }

  @Test
  void ends_a_session_of_its_user_once() {
    TokenHash token = nextToken();
    Session session = session(ann);
    store().create(session, token);
    assertThat(store().find(token)).isPresent();

    assertThat(store().end(session.id(), bob.id())).isFalse();
    assertThat(store().find(token)).isPresent();
    assertThat(store().end(session.id(), ann.id())).isTrue();
    assertThat(store().find(token)).isEmpty();
    assertThat(store().end(session.id(), ann.id())).isFalse();
  }

  @Test
  void ends_all_sessions_of_a_user_except_one() {
    Session remainingSession = session(ann);
    TokenHash others = nextToken();
    store().create(remainingSession, nextToken());
    store().create(session(ann), others);
    store().create(session(ann), nextToken());
    store().create(session(bob), nextToken());
    assertThat(store().find(others)).isPresent();

    assertThat(store().endAllOfUser(ann.id(), remainingSession.id())).isEqualTo(2);
    assertThat(all(ann)).containsExactly(remainingSession);
    assertThat(store().find(others)).isEmpty();
    assertThat(store().endAllOfUser(ann.id(), null)).isEqualTo(1);
    assertThat(all(ann)).isEmpty();
    assertThat(store().endAllOfUser(ann.id(), null)).isZero();
    assertThat(all(bob)).hasSize(1);
  }

  @Test
  void ends_the_sessions_of_all_users_except_one() {
    Session remainingSession = session(ann);
    TokenHash remainingToken = nextToken();
    TokenHash anns = nextToken();
    TokenHash bobs = nextToken();
    store().create(remainingSession, remainingToken);
    store().create(session(ann), anns);
    store().create(session(bob), bobs);
    assertThat(List.of(remainingToken, anns, bobs))
        .allMatch(token -> store().find(token).isPresent());

    assertThat(store().endAllOfEveryUser(remainingSession.id())).isEqualTo(2);
    assertThat(List.of(anns, bobs)).noneMatch(token -> store().find(token).isPresent());
    assertThat(all(ann)).containsExactly(remainingSession);
    assertThat(all(bob)).isEmpty();
    assertThat(store().endAllOfEveryUser(null)).isEqualTo(1);
    assertThat(store().find(remainingToken)).isEmpty();
    assertThat(store().endAllOfEveryUser(null)).isZero();
  }

  @Test
  void one_of_concurrent_ends_of_a_session_succeeds() throws Exception {
    Session session = session(ann);
    store().create(session, nextToken());

    assertThat(ConcurrentRuns.run(4, 16, i -> store().end(session.id(), ann.id())))
        .containsOnlyOnce(true);
  }

  @Test
  void purges_idle_and_expired_sessions() {
    Session used = session(ann, START, LATER);
    Session unused = session(ann, START, LATER.minus(MICRO));
    Session old = session(ann, START.minus(MICRO), LATER);
    TokenHash token = nextToken();
    store().create(used, nextToken());
    store().create(unused, token);
    store().create(old, nextToken());

    assertThat(store().purge(LATER, START)).isEqualTo(2);

    assertThat(all(ann)).containsExactly(used);
    assertThat(store().purge(LATER, START)).isZero();
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    Session session = session(ann);
    store().create(session, nextToken());
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> store().create(session(ann), nextToken()),
        () -> store().find(nextToken()),
        () -> store().updateLastUsedAt(session.id(), LATER),
        () -> store().list(ann.id(), Instant.EPOCH, Instant.EPOCH),
        () -> store().end(session.id(), ann.id()),
        () -> store().endAllOfUser(ann.id(), null),
        () -> store().endAllOfEveryUser(null),
        () -> store().purge(START, START));
  }

  private List<Session> all(User user) {
    return store().list(user.id(), Instant.EPOCH, Instant.EPOCH);
  }
}
