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

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.application.port.out.identity.UserStore.UpdateResult;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.IdentityStoresFixture;
import kassa.contract.fixture.TestUsers;
import kassa.domain.PlainText;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import kassa.domain.identity.UserSearchText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link UserStore}: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class UserStoreContract {

  private static final EmailAddress ANN = new EmailAddress("ann@example.com");

  /** The stores under test. */
  protected abstract IdentityStoresFixture stores();

  private UserStore store() {
    return stores().users();
  }

  @Test
  void finds_a_user_by_email_and_id_as_added() {
    User unnamed =
        new User(
            nextUser(),
            new EmailAddress("a".repeat(240) + "@b.example"),
            null,
            Role.OPERATOR,
            true,
            7,
            Instant.parse("2020-02-29T23:59:59.999999Z"));
    StoredUser storedUser = new StoredUser(unnamed, "$argon2id$v=19$" + "x".repeat(150));
    StoredUser other =
        new StoredUser(user("Ännchen@example.com", Role.CUSTOMER), "hash", START.plusNanos(1_000));

    assertThat(store().add(storedUser)).isTrue();
    assertThat(store().add(other)).isTrue();

    assertThat(store().find(unnamed.email())).contains(storedUser);
    assertThat(store().find(unnamed.id())).contains(storedUser);
    assertThat(store().find(other.user().email())).contains(other);
    assertThat(store().find(other.user().id())).contains(other);
    assertThat(store().find(ANN)).isEmpty();
    assertThat(store().find(nextUser())).isEmpty();
  }

  @Test
  void rejects_a_duplicate_email() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);

    assertThat(store().add(new StoredUser(user("ANN@example.com", Role.ADMIN), "other"))).isFalse();

    assertThat(store().find(ANN)).contains(new StoredUser(ann, "hash"));
    assertThat(store().list(null, null, 10)).containsExactly(ann);
  }

  @Test
  void one_of_concurrent_additions_of_an_email_succeeds() throws Exception {
    List<Boolean> results =
        ConcurrentRuns.run(
            4,
            16,
            i -> store().add(new StoredUser(user("ann@example.com", Role.CUSTOMER), "" + i)));

    assertThat(results).containsOnlyOnce(true);
    assertThat(store().list(null, null, 100)).hasSize(1);
  }

  @Test
  void lists_users_by_id() {
    List<User> users =
        IntStream.range(0, 5)
            .mapToObj(i -> insertUser(store(), "user-" + (9 - i) + "@example.com", Role.CUSTOMER))
            .toList();

    assertThat(store().list(null, null, 3)).isEqualTo(users.subList(0, 3));
    assertThat(store().list(null, users.get(2).id(), 3)).isEqualTo(users.subList(3, 5));
    assertThat(store().list(null, users.getLast().id(), 3)).isEmpty();
  }

  @Test
  void finds_users_by_a_part_of_the_name_or_email_in_any_case() {
    User ann = insertUser(store(), "ANN.\u00c4rger@example.com", Role.CUSTOMER);
    User inge = insert("inge-1@example.com", "Inge Mu\u0308ller I");
    User sigma = insert("nikos@example.com", "\u039d\u03af\u03ba\u03bf\u03c2");
    User unnamed = insert("100%_\\'@example.org", null);

    assertFinds("@EXAMPLE.com", ann, inge, sigma);
    assertFinds("ann.\u00c4RGER", ann);
    assertFinds("a\u0308rger", ann);
    assertFinds("M\u00dcLLER i", inge);
    assertFinds("INGE", inge);
    assertFinds("\u039d\u038a\u039a\u039f\u03a3", sigma);
    assertFinds("0%_\\'@", unnamed);
    assertFinds("%", unnamed);
    assertFinds("100", unnamed);
    assertFinds("1", inge, unnamed);
    assertFinds("zz");
  }

  @Test
  void lists_pages_of_matching_users() {
    User ann = insert("ann@example.com", "Match 1");
    insert("bob@example.com", "Other");
    User eve = insert("eve@example.com", "MATCH 2");
    insert("zoe@example.com", null);
    UserSearchText text = new UserSearchText("match");

    assertThat(store().list(text, null, 1)).containsExactly(ann);
    assertThat(store().list(text, ann.id(), 1)).containsExactly(eve);
    assertThat(store().list(text, eve.id(), 1)).isEmpty();
  }

  private User insert(String email, @Nullable String name) {
    User user =
        new User(
            nextUser(),
            new EmailAddress(email),
            name == null ? null : PlainText.displayName("name", name, User.MAX_NAME_LENGTH),
            Role.CUSTOMER,
            false,
            1,
            TestUsers.START);
    store().add(new StoredUser(user, "hash"));
    return user;
  }

  private void assertFinds(String text, User... users) {
    assertThat(store().list(new UserSearchText(text), null, 10)).as(text).containsExactly(users);
  }

  @Test
  void updates_only_the_expected_version_of_a_user() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    User operator = updated(ann, Role.OPERATOR, false);

    assertThat(store().update(operator, Instant.EPOCH)).isEqualTo(UpdateResult.DONE);
    assertThat(store().find(ANN)).contains(new StoredUser(operator, "hash"));

    assertThat(store().update(updated(ann, Role.CUSTOMER, true), Instant.EPOCH))
        .isEqualTo(UpdateResult.CONFLICT);
    assertThat(
            store()
                .update(
                    updated(updated(operator, Role.ADMIN, true), Role.ADMIN, true), Instant.EPOCH))
        .isEqualTo(UpdateResult.CONFLICT);
    assertThat(store().find(ANN)).contains(new StoredUser(operator, "hash"));
  }

  @Test
  void one_of_concurrent_updates_of_a_version_succeeds() throws Exception {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);

    List<UpdateResult> changes =
        ConcurrentRuns.run(
            4, 16, i -> store().update(updated(ann, Role.OPERATOR, i % 2 == 0), Instant.EPOCH));

    assertThat(changes).containsOnlyOnce(UpdateResult.DONE).contains(UpdateResult.CONFLICT);
    assertThat(changes).doesNotContain(UpdateResult.LAST_ADMIN);
  }

  @Test
  void disabling_a_user_ends_only_their_sessions() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    User bob = insertUser(store(), "bob@example.com", Role.CUSTOMER);
    stores().sessions().create(session(ann), nextToken());
    stores().sessions().create(session(bob), nextToken());

    User operator = updated(ann, Role.OPERATOR, false);
    store().update(operator, Instant.EPOCH);
    assertThat(sessionsOf(ann)).isEqualTo(1);

    User disabled = updated(operator, Role.OPERATOR, true);
    store().update(disabled, Instant.EPOCH);
    store().update(updated(disabled, Role.OPERATOR, false), Instant.EPOCH);
    assertThat(sessionsOf(ann)).isZero();
    assertThat(sessionsOf(bob)).isEqualTo(1);
  }

  @Test
  void last_admin_cannot_be_disabled_or_demoted() {
    User ann = insertUser(store(), "ann@example.com", Role.ADMIN);
    User bob = insertUser(store(), "bob@example.com", Role.ADMIN);
    stores().sessions().create(session(bob), nextToken());
    assertThat(store().update(updated(ann, Role.ADMIN, true), Instant.EPOCH))
        .isEqualTo(UpdateResult.DONE);

    assertThat(store().update(updated(bob, Role.ADMIN, true), Instant.EPOCH))
        .isEqualTo(UpdateResult.LAST_ADMIN);
    assertThat(store().update(updated(bob, Role.OPERATOR, false), Instant.EPOCH))
        .isEqualTo(UpdateResult.LAST_ADMIN);

    assertThat(store().find(bob.id()).orElseThrow().user()).isEqualTo(bob);
    assertThat(sessionsOf(bob)).isEqualTo(1);
    assertThat(store().update(updated(bob, Role.ADMIN, false), Instant.EPOCH))
        .isEqualTo(UpdateResult.DONE);
  }

  @Test
  void two_admins_cannot_disable_each_other_concurrently() throws Exception {
    User ann = insertUser(store(), "ann@example.com", Role.ADMIN);
    User bob = insertUser(store(), "bob@example.com", Role.ADMIN);
    for (int round = 0; round < 6; round++) {
      List<User> both = List.of(now(ann), now(bob));

      List<UpdateResult> changes =
          ConcurrentRuns.run(
              2,
              2,
              i -> {
                User other = both.get(i);
                return store()
                    .update(
                        updated(other, i == 0 ? Role.ADMIN : Role.CUSTOMER, i == 0), Instant.EPOCH);
              });

      assertThat(changes).containsExactlyInAnyOrder(UpdateResult.DONE, UpdateResult.LAST_ADMIN);
      assertThat(store().hasAdmin()).isTrue();
      for (User each : List.of(now(ann), now(bob))) {
        store().update(updated(each, Role.ADMIN, false), Instant.EPOCH);
      }
    }
  }

  @Test
  void replaces_only_the_expected_password_hash() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);

    assertThat(store().replaceHash(ann.id(), "hash", "new")).isTrue();
    assertThat(store().replaceHash(ann.id(), "hash", "other")).isFalse();
    assertThat(store().replaceHash(nextUser(), "hash", "other")).isFalse();

    assertThat(store().find(ANN)).contains(new StoredUser(ann, "new"));
  }

  @Test
  void one_of_concurrent_hash_replacements_succeeds() throws Exception {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);

    assertThat(ConcurrentRuns.run(4, 16, i -> store().replaceHash(ann.id(), "hash", "new-" + i)))
        .containsOnlyOnce(true);
  }

  @Test
  void changing_a_password_ends_the_other_sessions() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    User bob = insertUser(store(), "bob@example.com", Role.CUSTOMER);
    Session session = session(ann);
    TokenHash before = nextToken();
    TokenHash after = nextToken();
    TokenHash others = nextToken();
    TokenHash bobs = nextToken();
    stores().sessions().create(session, before);
    stores().sessions().create(session(ann), others);
    stores().sessions().create(session(bob), bobs);
    assertThat(List.of(before, others, bobs)).allMatch(this::isActive);

    assertThat(store().changePassword(ann.id(), "hash", "new", session.id(), after)).isTrue();

    assertThat(store().find(ANN)).contains(new StoredUser(ann, "new"));
    assertThat(List.of(before, others)).noneMatch(this::isActive);
    assertThat(stores().sessions().find(after).orElseThrow().session()).isEqualTo(session);
    assertThat(isActive(bobs)).isTrue();
    assertThat(store().find(bob.id())).contains(new StoredUser(bob, "hash"));
  }

  @Test
  void stale_password_change_is_rejected_and_ends_no_session() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    Session session = session(ann);
    TokenHash token = nextToken();
    stores().sessions().create(session, token);
    stores().sessions().create(session(ann), nextToken());

    assertThat(store().changePassword(ann.id(), "other", "new", session.id(), nextToken()))
        .isFalse();
    assertThat(store().changePassword(nextUser(), "hash", "new", session.id(), nextToken()))
        .isFalse();

    assertThat(store().find(ANN)).contains(new StoredUser(ann, "hash"));
    assertThat(isActive(token)).isTrue();
    assertThat(sessionsOf(ann)).isEqualTo(2);
  }

  @Test
  void changing_a_password_in_an_ended_session_leaves_no_session() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    User bob = insertUser(store(), "bob@example.com", Role.CUSTOMER);
    Session ended = session(ann);
    Session bobs = session(bob);
    TokenHash token = nextToken();
    stores().sessions().create(session(ann), nextToken());
    stores().sessions().create(bobs, nextToken());

    assertThat(store().changePassword(ann.id(), "hash", "new", ended.id(), token)).isTrue();
    assertThat(sessionsOf(ann)).isZero();
    assertThat(store().changePassword(ann.id(), "new", "newer", bobs.id(), token)).isTrue();

    assertThat(isActive(token)).isFalse();
    assertThat(sessionsOf(bob)).isEqualTo(1);
  }

  @Test
  void one_of_concurrent_password_changes_succeeds() throws Exception {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    List<Session> sessions = IntStream.range(0, 16).mapToObj(i -> session(ann)).toList();
    sessions.forEach(session -> stores().sessions().create(session, nextToken()));

    assertThat(
            ConcurrentRuns.run(
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
  void temporary_password_expires_until_the_user_changes_it() {
    User ann = user("ann@example.com", Role.CUSTOMER);
    store().add(new StoredUser(ann, "hash", START));
    Session session = session(ann);
    TokenHash token = nextToken();
    stores().sessions().create(session, token);

    store().replaceHash(ann.id(), "hash", "stronger");
    User operator = updated(ann, Role.OPERATOR, false);
    store().update(operator, Instant.EPOCH);
    assertThat(store().find(ANN)).contains(new StoredUser(operator, "stronger", START));
    assertThat(stores().sessions().find(token))
        .contains(new SessionStore.ActiveSession(session, Role.OPERATOR, START));

    store().changePassword(ann.id(), "stronger", "new", session.id(), token);
    assertThat(store().find(ANN)).contains(new StoredUser(operator, "new"));
    assertThat(stores().sessions().find(token))
        .contains(new SessionStore.ActiveSession(session, Role.OPERATOR));
  }

  @Test
  void resetting_a_password_ends_all_sessions() {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    User bob = insertUser(store(), "bob@example.com", Role.CUSTOMER);
    TokenHash token = nextToken();
    TokenHash bobs = nextToken();
    stores().sessions().create(session(ann), token);
    stores().sessions().create(session(bob), bobs);
    assertThat(isActive(token)).isTrue();

    assertThat(store().replacePassword(ann.id(), "new", START)).isTrue();
    assertThat(store().replacePassword(nextUser(), "new", START)).isFalse();

    assertThat(store().find(ANN)).contains(new StoredUser(ann, "new", START));
    assertThat(store().find(bob.id())).contains(new StoredUser(bob, "hash"));
    assertThat(isActive(token)).isFalse();
    assertThat(isActive(bobs)).isTrue();
  }

  @Test
  void reports_whether_an_enabled_admin_exists() {
    assertThat(store().hasAdmin()).isFalse();
    insertUser(store(), "ann@example.com", Role.OPERATOR);
    User disabled =
        new User(
            nextUser(),
            new EmailAddress("out@example.com"),
            null,
            Role.ADMIN,
            true,
            1,
            TestUsers.START);
    store().add(new StoredUser(disabled, "hash"));
    assertThat(store().hasAdmin()).isFalse();

    insertUser(store(), "bob@example.com", Role.ADMIN);

    assertThat(store().hasAdmin()).isTrue();
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    User ann = insertUser(store(), "ann@example.com", Role.CUSTOMER);
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> store().add(new StoredUser(user("bob@example.com", Role.CUSTOMER), "hash")),
        () -> store().find(ANN),
        () -> store().find(ann.id()),
        () -> store().list(null, null, 1),
        () -> store().update(updated(ann, Role.OPERATOR, false), Instant.EPOCH),
        () -> store().replaceHash(ann.id(), "hash", "new"),
        () -> store().changePassword(ann.id(), "hash", "new", nextSession(), nextToken()),
        () -> store().replacePassword(ann.id(), "new", START),
        () -> store().hasAdmin());
  }

  private User now(User user) {
    return store().find(user.id()).orElseThrow().user();
  }

  private boolean isActive(TokenHash token) {
    return stores().sessions().find(token).isPresent();
  }

  private int sessionsOf(User user) {
    return stores().sessions().list(user.id(), Instant.EPOCH, Instant.EPOCH).size();
  }
}
