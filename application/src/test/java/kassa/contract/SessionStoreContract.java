package kassa.contract;

import static kassa.contract.SamplePeople.START;
import static kassa.contract.SamplePeople.added;
import static kassa.contract.SamplePeople.changed;
import static kassa.contract.SamplePeople.nextSession;
import static kassa.contract.SamplePeople.nextToken;
import static kassa.contract.SamplePeople.nextUser;
import static kassa.contract.SamplePeople.session;
import static kassa.contract.SamplePeople.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.SessionStore.Live;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore.Changing;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link SessionStore} has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SessionStoreContract {

  private static final Duration MICRO = Duration.ofNanos(1_000);
  private static final Instant LATER = START.plusSeconds(3600);

  private User ann = user("nobody@example.com", Role.CUSTOMER);
  private User bob = ann;

  /** The stores under test. */
  protected abstract IdentityStores stores();

  private SessionStore store() {
    return stores().sessions();
  }

  @BeforeEach
  void register() {
    ann = added(stores().users(), "ann@example.com", Role.CUSTOMER);
    bob = added(stores().users(), "bob@example.com", Role.OPERATOR);
  }

  @Test
  void finds_a_session_by_its_token_as_it_was_begun() {
    Session plain = new Session(nextSession(), ann.id(), null, "2001:db8::1", START, LATER);
    Session rich = new Session(nextSession(), bob.id(), "ä".repeat(200), "192.0.2.1", START, START);
    TokenHash one = nextToken();
    TokenHash other = nextToken();

    assertThat(store().begin(plain, one)).isTrue();
    assertThat(store().begin(rich, other)).isTrue();

    assertThat(store().find(one)).contains(new Live(plain, Role.CUSTOMER));
    assertThat(store().find(other)).contains(new Live(rich, Role.OPERATOR));
    assertThat(store().find(nextToken())).isEmpty();
  }

  @Test
  void begins_none_of_somebody_who_is_disabled_or_gone() {
    stores().users().change(changed(ann, Role.CUSTOMER, true));
    TokenHash token = nextToken();

    assertThat(store().begin(session(ann), token)).isFalse();
    assertThat(store().begin(session(user("c@example.com", Role.ADMIN)), token)).isFalse();

    assertThat(store().find(token)).isEmpty();
    assertThat(all(ann)).isEmpty();
  }

  @Test
  void tells_the_role_that_its_user_has_now_and_nothing_of_who_is_disabled() {
    TokenHash token = nextToken();
    Session session = session(ann);
    store().begin(session, token);
    assertThat(store().find(token)).contains(new Live(session, Role.CUSTOMER));

    User operator = changed(ann, Role.OPERATOR, false);
    stores().users().change(operator);
    assertThat(store().find(token)).contains(new Live(session, Role.OPERATOR));

    stores().users().change(changed(operator, Role.OPERATOR, true));
    assertThat(store().find(token)).isEmpty();
  }

  @Test
  void nobody_who_is_disabled_has_a_session_whatever_happens_at_once() throws Exception {
    for (int round = 0; round < 6; round++) {
      User user = added(stores().users(), "round-" + round + "@example.com", Role.CUSTOMER);

      Together.run(
          2,
          2,
          i ->
              i == 0
                  ? store().begin(session(user), nextToken())
                  : stores().users().change(changed(user, Role.CUSTOMER, true)) == Changing.MADE);

      assertThat(all(user)).isEmpty();
    }
  }

  @Test
  void notes_when_a_session_was_used_unless_it_has_ended() {
    TokenHash token = nextToken();
    Session session = session(ann);
    store().begin(session, token);
    assertThat(store().find(token)).isPresent();

    store().touch(session.id(), LATER);
    assertThat(store().find(token).orElseThrow().session().lastUsedAt()).isEqualTo(LATER);
    assertThat(store().find(token).orElseThrow().session().createdAt()).isEqualTo(START);

    store().end(session.id(), ann.id());
    store().touch(session.id(), LATER);
    assertThat(store().find(token)).isEmpty();
  }

  @Test
  void lists_the_sessions_of_a_user_that_go_on() {
    Session used = session(ann, START, LATER);
    Session unused = session(ann, START, LATER.minus(MICRO));
    Session old = session(ann, START.minus(MICRO), LATER);
    List.of(used, unused, old).forEach(session -> store().begin(session, nextToken()));
    store().begin(session(bob, LATER, LATER), nextToken());

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
    store().begin(session, token);
    assertThat(store().find(token)).isPresent();

    assertThat(store().end(session.id(), bob.id())).isFalse();
    assertThat(store().find(token)).isPresent();
    assertThat(store().end(session.id(), ann.id())).isTrue();
    assertThat(store().find(token)).isEmpty();
    assertThat(store().end(session.id(), ann.id())).isFalse();
  }

  @Test
  void ends_all_sessions_of_a_user_or_all_but_one() {
    Session kept = session(ann);
    TokenHash others = nextToken();
    store().begin(kept, nextToken());
    store().begin(session(ann), others);
    store().begin(session(ann), nextToken());
    store().begin(session(bob), nextToken());
    assertThat(store().find(others)).isPresent();

    assertThat(store().endAll(ann.id(), kept.id())).isEqualTo(2);
    assertThat(all(ann)).containsExactly(kept);
    assertThat(store().find(others)).isEmpty();
    assertThat(store().endAll(ann.id(), null)).isEqualTo(1);
    assertThat(all(ann)).isEmpty();
    assertThat(store().endAll(ann.id(), null)).isZero();
    assertThat(all(bob)).hasSize(1);
  }

  @Test
  void ends_the_sessions_of_everybody_or_all_but_one() {
    Session kept = session(ann);
    TokenHash keptToken = nextToken();
    TokenHash anns = nextToken();
    TokenHash bobs = nextToken();
    store().begin(kept, keptToken);
    store().begin(session(ann), anns);
    store().begin(session(bob), bobs);
    assertThat(List.of(keptToken, anns, bobs)).allMatch(token -> store().find(token).isPresent());

    assertThat(store().endEverybodys(kept.id())).isEqualTo(2);
    assertThat(List.of(anns, bobs)).noneMatch(token -> store().find(token).isPresent());
    assertThat(all(ann)).containsExactly(kept);
    assertThat(all(bob)).isEmpty();
    assertThat(store().endEverybodys(null)).isEqualTo(1);
    assertThat(store().find(keptToken)).isEmpty();
    assertThat(store().endEverybodys(null)).isZero();
  }

  @Test
  void of_those_who_end_a_session_at_once_one_does() throws Exception {
    Session session = session(ann);
    store().begin(session, nextToken());

    assertThat(Together.run(4, 16, i -> store().end(session.id(), ann.id())))
        .containsOnlyOnce(true);
  }

  @Test
  void forgets_sessions_that_were_not_used_or_begun_for_long() {
    Session used = session(ann, START, LATER);
    Session unused = session(ann, START, LATER.minus(MICRO));
    Session old = session(ann, START.minus(MICRO), LATER);
    TokenHash token = nextToken();
    store().begin(used, nextToken());
    store().begin(unused, token);
    store().begin(old, nextToken());

    assertThat(store().forget(LATER, START)).isEqualTo(2);

    assertThat(all(ann)).containsExactly(used);
    assertThat(store().forget(LATER, START)).isZero();
  }

  @Test
  void an_outage_is_never_answered_as_absence() throws Exception {
    Session session = session(ann);
    store().begin(session, nextToken());
    stores().away().run();

    Together.assertUnavailable(
        () -> store().begin(session(ann), nextToken()),
        () -> store().find(nextToken()),
        () -> store().touch(session.id(), LATER),
        () -> store().list(ann.id(), Instant.EPOCH, Instant.EPOCH),
        () -> store().end(session.id(), ann.id()),
        () -> store().endAll(ann.id(), null),
        () -> store().endEverybodys(null),
        () -> store().forget(START, START));
  }

  private List<Session> all(User user) {
    return store().list(user.id(), Instant.EPOCH, Instant.EPOCH);
  }
}
