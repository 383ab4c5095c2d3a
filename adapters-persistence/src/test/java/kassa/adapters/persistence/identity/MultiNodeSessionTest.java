package kassa.adapters.persistence.identity;

import static kassa.contract.fixture.TestUsers.START;
import static kassa.contract.fixture.TestUsers.insertUser;
import static kassa.contract.fixture.TestUsers.nextToken;
import static kassa.contract.fixture.TestUsers.session;
import static kassa.contract.fixture.TestUsers.updated;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.identity.SessionStore.ActiveSession;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.identity.UserStore.UpdateResult;
import kassa.contract.fixture.TestUsers;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sessions and API keys on two nodes that share a database and have separate caches. Two nodes with
 * an embedded database also share a process.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MultiNodeSessionTest {

  private static final int ROUNDS = 20;

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  private final class Node implements AutoCloseable {

    private final Database database;
    private final JdbiUserStore users;
    private final JdbiSessionStore sessions;
    private final JdbiApiKeyStore keys;

    private Node(Database database) {
      TokenCache<ActiveSession> sessionCache = new TokenCache<>(nanos::get);
      this.database = database;
      this.users = new JdbiUserStore(database, sessionCache);
      this.sessions = new JdbiSessionStore(database, sessionCache);
      this.keys = new JdbiApiKeyStore(database, new TokenCache<>(nanos::get));
    }

    @Override
    public void close() {
      database.close();
    }
  }

  @AfterEach
  void stop() {
    threads.close();
  }

  @ParameterizedTest
  @EnumSource
  void one_admin_remains_if_two_demote_each_other_concurrently(Dialect dialect) throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = secondNode(here, url)) {
      User ann = insertUser(here.users, "ann@example.com", Role.ADMIN);
      User bob = insertUser(here.users, "bob@example.com", Role.ADMIN);
      for (int round = 0; round < ROUNDS; round++) {
        User annNow = reload(here, ann);
        User bobNow = reload(here, bob);

        assertThat(
                runConcurrently(
                    () -> here.users.update(updated(bobNow, Role.OPERATOR, false), Instant.EPOCH),
                    () -> there.users.update(updated(annNow, Role.ADMIN, true), Instant.EPOCH)))
            .containsExactlyInAnyOrder(UpdateResult.DONE, UpdateResult.LAST_ADMIN);

        assertThat(here.users.hasAdmin()).isTrue();
        here.users.update(updated(reload(here, ann), Role.ADMIN, false), Instant.EPOCH);
        here.users.update(updated(reload(here, bob), Role.ADMIN, false), Instant.EPOCH);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_user_cannot_sign_in_while_another_node_disables_them(Dialect dialect) throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = secondNode(here, url)) {
      for (int round = 0; round < ROUNDS; round++) {
        User user = insertUser(here.users, "user-" + round + "@example.com", Role.CUSTOMER);
        TokenHash token = nextToken();

        var _ =
            runConcurrently(
                () -> here.sessions.create(session(user), token),
                () ->
                    there.users.update(updated(user, Role.CUSTOMER, true), Instant.EPOCH)
                        == UpdateResult.DONE);

        assertThat(here.sessions.list(user.id(), Instant.EPOCH, Instant.EPOCH)).isEmpty();
        assertThat(there.sessions.find(token)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_session_remains_if_two_change_the_password_concurrently(Dialect dialect)
      throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = secondNode(here, url)) {
      for (int round = 0; round < ROUNDS; round++) {
        User user = insertUser(here.users, "user-" + round + "@example.com", Role.CUSTOMER);
        Session one = session(user);
        Session other = session(user);
        here.sessions.create(one, nextToken());
        here.sessions.create(other, nextToken());

        assertThat(
                runConcurrently(
                    () -> changesPassword(here, user, one),
                    () -> changesPassword(there, user, other)))
            .containsExactlyInAnyOrder(true, false);

        assertThat(here.sessions.list(user.id(), Instant.EPOCH, Instant.EPOCH)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changes_of_another_node_are_visible_within_two_seconds(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = secondNode(here, url)) {
      User ann = insertUser(here.users, "ann@example.com", Role.CUSTOMER);
      TokenHash token = nextToken();
      here.sessions.create(session(ann), token);
      ApiKey key = TestUsers.key("shop", Scope.ADMIN);
      TokenHash hash = nextToken();
      here.keys.add(key, hash);
      assertThat(here.sessions.find(token)).isPresent();
      assertThat(here.keys.find(hash)).contains(key);

      there.users.update(updated(ann, Role.CUSTOMER, true), Instant.EPOCH);
      ApiKey revoked = there.keys.revoke(key.id(), START).orElseThrow();

      assertThat(there.sessions.find(token)).isEmpty();
      assertThat(there.keys.find(hash)).contains(revoked);
      nanos.addAndGet(2_000_000_000L);
      assertThat(here.sessions.find(token)).isEmpty();
      assertThat(here.keys.find(hash)).contains(revoked);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sessions_ended_by_another_node_end_here_within_two_seconds(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = secondNode(here, url)) {
      User ann = insertUser(here.users, "ann@example.com", Role.CUSTOMER);
      TokenHash token = nextToken();
      here.sessions.create(session(ann), token);
      assertThat(here.sessions.find(token)).isPresent();

      assertThat(there.sessions.endAllOfEveryUser(null)).isEqualTo(1);

      assertThat(there.sessions.find(token)).isEmpty();
      nanos.addAndGet(2_000_000_000L);
      assertThat(here.sessions.find(token)).isEmpty();
    }
  }

  private static boolean changesPassword(Node node, User user, Session session) {
    return node.users.changePassword(user.id(), "hash", "new", session.id(), nextToken());
  }

  private Node node(String url) {
    Database database = TestDatabases.open(url, 4);
    return new Node(database);
  }

  private Node secondNode(Node first, String url) {
    return Dialect.of(url) == Dialect.H2 ? new Node(first.database) : node(url);
  }

  private static User reload(Node node, User user) {
    return node.users.find(user.id()).orElseThrow().user();
  }

  private <T> List<T> runConcurrently(Callable<T> one, Callable<T> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Future<T> first = threads.submit(() -> after(start, one));
    Future<T> second = threads.submit(() -> after(start, other));
    return List.of(first.get(), second.get());
  }

  private static <T> T after(CyclicBarrier start, Callable<T> task) throws Exception {
    start.await();
    return task.call();
  }
}
