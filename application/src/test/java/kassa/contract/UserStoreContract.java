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

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore;
import kassa.application.port.out.UserStore.Changing;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link UserStore} has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class UserStoreContract {

  private static final EmailAddress ANN = new EmailAddress("ann@example.com");

  /** The stores under test. */
  protected abstract IdentityStores stores();

  private UserStore store() {
    return stores().users();
  }

  @Test
  void finds_a_user_by_address_and_by_id_as_it_was_added() {
    User unnamed =
        new User(
            nextUser(),
            new EmailAddress("a".repeat(240) + "@b.example"),
            null,
            Role.OPERATOR,
            true,
            7,
            Instant.parse("2020-02-29T23:59:59.999999Z"));
    KeptUser kept = new KeptUser(unnamed, "$argon2id$v=19$" + "x".repeat(150));
    KeptUser other =
        new KeptUser(user("Ännchen@example.com", Role.CUSTOMER), "hash", START.plusNanos(1_000));

    assertThat(store().add(kept)).isTrue();
    assertThat(store().add(other)).isTrue();

    assertThat(store().find(unnamed.email())).contains(kept);
    assertThat(store().find(unnamed.id())).contains(kept);
    assertThat(store().find(other.user().email())).contains(other);
    assertThat(store().find(other.user().id())).contains(other);
    assertThat(store().find(ANN)).isEmpty();
    assertThat(store().find(nextUser())).isEmpty();
  }

  @Test
  void keeps_one_user_of_an_address() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);

    assertThat(store().add(new KeptUser(user("ANN@example.com", Role.ADMIN), "other"))).isFalse();

    assertThat(store().find(ANN)).contains(new KeptUser(ann, "hash"));
    assertThat(store().list(null, 10)).containsExactly(ann);
  }

  @Test
  void of_those_who_add_an_address_at_once_one_does() throws Exception {
    List<Boolean> additions =
        Together.run(
            4, 16, i -> store().add(new KeptUser(user("ann@example.com", Role.CUSTOMER), "" + i)));

    assertThat(additions).containsOnlyOnce(true);
    assertThat(store().list(null, 100)).hasSize(1);
  }

  @Test
  void lists_users_by_their_ids() {
    List<User> users =
        IntStream.range(0, 5)
            .mapToObj(i -> added(store(), "user-" + (9 - i) + "@example.com", Role.CUSTOMER))
            .toList();

    assertThat(store().list(null, 3)).isEqualTo(users.subList(0, 3));
    assertThat(store().list(users.get(2).id(), 3)).isEqualTo(users.subList(3, 5));
    assertThat(store().list(users.getLast().id(), 3)).isEmpty();
  }

  @Test
  void changes_a_user_of_the_version_that_it_was_decided_on() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    User operator = changed(ann, Role.OPERATOR, false);

    assertThat(store().change(operator)).isEqualTo(Changing.MADE);
    assertThat(store().find(ANN)).contains(new KeptUser(operator, "hash"));

    assertThat(store().change(changed(ann, Role.CUSTOMER, true))).isEqualTo(Changing.OVERTAKEN);
    assertThat(store().change(changed(changed(operator, Role.ADMIN, true), Role.ADMIN, true)))
        .isEqualTo(Changing.OVERTAKEN);
    assertThat(store().find(ANN)).contains(new KeptUser(operator, "hash"));
  }

  @Test
  void of_changes_at_once_of_one_version_one_is_made() throws Exception {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);

    List<Changing> changes =
        Together.run(4, 16, i -> store().change(changed(ann, Role.OPERATOR, i % 2 == 0)));

    assertThat(changes).containsOnlyOnce(Changing.MADE).contains(Changing.OVERTAKEN);
    assertThat(changes).doesNotContain(Changing.LAST_ADMIN);
  }

  @Test
  void ends_the_sessions_of_whom_it_disables_and_no_others() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    User bob = added(store(), "bob@example.com", Role.CUSTOMER);
    stores().sessions().begin(session(ann), nextToken());
    stores().sessions().begin(session(bob), nextToken());

    User operator = changed(ann, Role.OPERATOR, false);
    store().change(operator);
    assertThat(sessionsOf(ann)).isEqualTo(1);

    User disabled = changed(operator, Role.OPERATOR, true);
    store().change(disabled);
    store().change(changed(disabled, Role.OPERATOR, false));
    assertThat(sessionsOf(ann)).isZero();
    assertThat(sessionsOf(bob)).isEqualTo(1);
  }

  @Test
  void the_last_admin_stays_one() {
    User ann = added(store(), "ann@example.com", Role.ADMIN);
    User bob = added(store(), "bob@example.com", Role.ADMIN);
    stores().sessions().begin(session(bob), nextToken());
    assertThat(store().change(changed(ann, Role.ADMIN, true))).isEqualTo(Changing.MADE);

    assertThat(store().change(changed(bob, Role.ADMIN, true))).isEqualTo(Changing.LAST_ADMIN);
    assertThat(store().change(changed(bob, Role.OPERATOR, false))).isEqualTo(Changing.LAST_ADMIN);

    assertThat(store().find(bob.id()).orElseThrow().user()).isEqualTo(bob);
    assertThat(sessionsOf(bob)).isEqualTo(1);
    assertThat(store().change(changed(bob, Role.ADMIN, false))).isEqualTo(Changing.MADE);
  }

  @Test
  void of_two_admins_who_disable_each_other_at_once_one_stays() throws Exception {
    User ann = added(store(), "ann@example.com", Role.ADMIN);
    User bob = added(store(), "bob@example.com", Role.ADMIN);
    for (int round = 0; round < 6; round++) {
      List<User> both = List.of(now(ann), now(bob));

      List<Changing> changes =
          Together.run(
              2,
              2,
              i -> {
                User other = both.get(i);
                return store().change(changed(other, i == 0 ? Role.ADMIN : Role.CUSTOMER, i == 0));
              });

      assertThat(changes).containsExactlyInAnyOrder(Changing.MADE, Changing.LAST_ADMIN);
      assertThat(store().hasAdmin()).isTrue();
      for (User each : List.of(now(ann), now(bob))) {
        store().change(changed(each, Role.ADMIN, false));
      }
    }
  }

  @Test
  void replaces_a_hash_that_is_the_one_that_was_read() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);

    assertThat(store().replaceHash(ann.id(), "hash", "new")).isTrue();
    assertThat(store().replaceHash(ann.id(), "hash", "other")).isFalse();
    assertThat(store().replaceHash(nextUser(), "hash", "other")).isFalse();

    assertThat(store().find(ANN)).contains(new KeptUser(ann, "new"));
  }

  @Test
  void of_those_who_replace_a_hash_at_once_one_does() throws Exception {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);

    assertThat(Together.run(4, 16, i -> store().replaceHash(ann.id(), "hash", "new-" + i)))
        .containsOnlyOnce(true);
  }

  @Test
  void changes_a_password_and_ends_the_other_sessions() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    User bob = added(store(), "bob@example.com", Role.CUSTOMER);
    Session session = session(ann);
    TokenHash before = nextToken();
    TokenHash after = nextToken();
    TokenHash others = nextToken();
    TokenHash bobs = nextToken();
    stores().sessions().begin(session, before);
    stores().sessions().begin(session(ann), others);
    stores().sessions().begin(session(bob), bobs);
    assertThat(List.of(before, others, bobs)).allMatch(this::isGood);

    assertThat(store().changePassword(ann.id(), "hash", "new", session.id(), after)).isTrue();

    assertThat(store().find(ANN)).contains(new KeptUser(ann, "new"));
    assertThat(List.of(before, others)).noneMatch(this::isGood);
    assertThat(stores().sessions().find(after).orElseThrow().session()).isEqualTo(session);
    assertThat(isGood(bobs)).isTrue();
    assertThat(store().find(bob.id())).contains(new KeptUser(bob, "hash"));
  }

  @Test
  void a_password_that_is_not_the_one_that_was_read_is_not_changed_and_no_session_ends() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    Session session = session(ann);
    TokenHash token = nextToken();
    stores().sessions().begin(session, token);
    stores().sessions().begin(session(ann), nextToken());

    assertThat(store().changePassword(ann.id(), "other", "new", session.id(), nextToken()))
        .isFalse();
    assertThat(store().changePassword(nextUser(), "hash", "new", session.id(), nextToken()))
        .isFalse();

    assertThat(store().find(ANN)).contains(new KeptUser(ann, "hash"));
    assertThat(isGood(token)).isTrue();
    assertThat(sessionsOf(ann)).isEqualTo(2);
  }

  @Test
  void a_new_password_leaves_no_session_if_that_of_its_user_has_ended_or_is_anothers() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    User bob = added(store(), "bob@example.com", Role.CUSTOMER);
    Session ended = session(ann);
    Session bobs = session(bob);
    TokenHash token = nextToken();
    stores().sessions().begin(session(ann), nextToken());
    stores().sessions().begin(bobs, nextToken());

    assertThat(store().changePassword(ann.id(), "hash", "new", ended.id(), token)).isTrue();
    assertThat(sessionsOf(ann)).isZero();
    assertThat(store().changePassword(ann.id(), "new", "newer", bobs.id(), token)).isTrue();

    assertThat(isGood(token)).isFalse();
    assertThat(sessionsOf(bob)).isEqualTo(1);
  }

  @Test
  void of_those_who_change_a_password_at_once_one_does() throws Exception {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    List<Session> sessions = IntStream.range(0, 16).mapToObj(i -> session(ann)).toList();
    sessions.forEach(session -> stores().sessions().begin(session, nextToken()));

    assertThat(
            Together.run(
                4,
                16,
                i ->
                    store()
                        .changePassword(
                            ann.id(), "hash", "new-" + i, sessions.get(i).id(), nextToken())))
        .containsOnlyOnce(true);

    assertThat(sessionsOf(ann)).isEqualTo(1);
  }

  @Test
  void a_password_that_is_due_is_so_until_its_user_chooses_another() {
    User ann = user("ann@example.com", Role.CUSTOMER);
    store().add(new KeptUser(ann, "hash", START));
    Session session = session(ann);
    TokenHash token = nextToken();
    stores().sessions().begin(session, token);

    store().replaceHash(ann.id(), "hash", "stronger");
    User operator = changed(ann, Role.OPERATOR, false);
    store().change(operator);
    assertThat(store().find(ANN)).contains(new KeptUser(operator, "stronger", START));
    assertThat(stores().sessions().find(token))
        .contains(new SessionStore.Live(session, Role.OPERATOR, START));

    store().changePassword(ann.id(), "stronger", "new", session.id(), token);
    assertThat(store().find(ANN)).contains(new KeptUser(operator, "new"));
    assertThat(stores().sessions().find(token))
        .contains(new SessionStore.Live(session, Role.OPERATOR));
  }

  @Test
  void replaces_a_password_whatever_it_was_and_ends_all_sessions() {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    User bob = added(store(), "bob@example.com", Role.CUSTOMER);
    TokenHash token = nextToken();
    TokenHash bobs = nextToken();
    stores().sessions().begin(session(ann), token);
    stores().sessions().begin(session(bob), bobs);
    assertThat(isGood(token)).isTrue();

    assertThat(store().replacePassword(ann.id(), "new", START)).isTrue();
    assertThat(store().replacePassword(nextUser(), "new", START)).isFalse();

    assertThat(store().find(ANN)).contains(new KeptUser(ann, "new", START));
    assertThat(store().find(bob.id())).contains(new KeptUser(bob, "hash"));
    assertThat(isGood(token)).isFalse();
    assertThat(isGood(bobs)).isTrue();
  }

  @Test
  void tells_whether_there_is_an_admin_who_is_not_disabled() {
    assertThat(store().hasAdmin()).isFalse();
    added(store(), "ann@example.com", Role.OPERATOR);
    User disabled =
        new User(
            nextUser(),
            new EmailAddress("out@example.com"),
            null,
            Role.ADMIN,
            true,
            1,
            SamplePeople.START);
    store().add(new KeptUser(disabled, "hash"));
    assertThat(store().hasAdmin()).isFalse();

    added(store(), "bob@example.com", Role.ADMIN);

    assertThat(store().hasAdmin()).isTrue();
  }

  @Test
  void an_outage_is_never_answered_as_absence() throws Exception {
    User ann = added(store(), "ann@example.com", Role.CUSTOMER);
    stores().away().run();

    Together.assertUnavailable(
        () -> store().add(new KeptUser(user("bob@example.com", Role.CUSTOMER), "hash")),
        () -> store().find(ANN),
        () -> store().find(ann.id()),
        () -> store().list(null, 1),
        () -> store().change(changed(ann, Role.OPERATOR, false)),
        () -> store().replaceHash(ann.id(), "hash", "new"),
        () -> store().changePassword(ann.id(), "hash", "new", nextSession(), nextToken()),
        () -> store().replacePassword(ann.id(), "new", START),
        () -> store().hasAdmin());
  }

  private User now(User user) {
    return store().find(user.id()).orElseThrow().user();
  }

  private boolean isGood(TokenHash token) {
    return stores().sessions().find(token).isPresent();
  }

  private int sessionsOf(User user) {
    return stores().sessions().list(user.id(), Instant.EPOCH, Instant.EPOCH).size();
  }
}
