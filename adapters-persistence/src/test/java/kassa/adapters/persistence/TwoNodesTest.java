package kassa.adapters.persistence;

import static kassa.contract.SamplePeople.START;
import static kassa.contract.SamplePeople.added;
import static kassa.contract.SamplePeople.changed;
import static kassa.contract.SamplePeople.nextToken;
import static kassa.contract.SamplePeople.session;
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
import kassa.application.port.out.SessionStore.Live;
import kassa.application.port.out.TokenHash;
import kassa.application.port.out.UserStore.Changing;
import kassa.contract.SamplePeople;
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
 * Who may ask for what, on two nodes that share a database and remember by themselves. Two that
 * have an embedded database in common share a process as well.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TwoNodesTest {

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
      TokenCache<Live> remembered = new TokenCache<>(nanos::get);
      this.database = database;
      this.users = new JdbiUserStore(database, remembered);
      this.sessions = new JdbiSessionStore(database, remembered);
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
  void of_two_admins_who_take_each_other_away_at_once_one_stays(Dialect dialect) throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = another(here, url)) {
      User ann = added(here.users, "ann@example.com", Role.ADMIN);
      User bob = added(here.users, "bob@example.com", Role.ADMIN);
      for (int round = 0; round < ROUNDS; round++) {
        User annNow = now(here, ann);
        User bobNow = now(here, bob);

        assertThat(
                together(
                    () -> here.users.change(changed(bobNow, Role.OPERATOR, false)),
                    () -> there.users.change(changed(annNow, Role.ADMIN, true))))
            .containsExactlyInAnyOrder(Changing.MADE, Changing.LAST_ADMIN);

        assertThat(here.users.hasAdmin()).isTrue();
        here.users.change(changed(now(here, ann), Role.ADMIN, false));
        here.users.change(changed(now(here, bob), Role.ADMIN, false));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobody_signs_in_while_another_node_disables_them(Dialect dialect) throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = another(here, url)) {
      for (int round = 0; round < ROUNDS; round++) {
        User user = added(here.users, "user-" + round + "@example.com", Role.CUSTOMER);
        TokenHash token = nextToken();

        var _ =
            together(
                () -> here.sessions.begin(session(user), token),
                () -> there.users.change(changed(user, Role.CUSTOMER, true)) == Changing.MADE);

        assertThat(here.sessions.list(user.id(), Instant.EPOCH, Instant.EPOCH)).isEmpty();
        assertThat(there.sessions.find(token)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void of_two_sessions_that_change_the_password_at_once_one_stays(Dialect dialect)
      throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = another(here, url)) {
      for (int round = 0; round < ROUNDS; round++) {
        User user = added(here.users, "user-" + round + "@example.com", Role.CUSTOMER);
        Session one = session(user);
        Session other = session(user);
        here.sessions.begin(one, nextToken());
        here.sessions.begin(other, nextToken());

        assertThat(
                together(
                    () -> changesPassword(here, user, one),
                    () -> changesPassword(there, user, other)))
            .containsExactlyInAnyOrder(true, false);

        assertThat(here.sessions.list(user.id(), Instant.EPOCH, Instant.EPOCH)).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_another_node_changed_is_seen_at_the_latest_when_two_seconds_have_passed(
      Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = another(here, url)) {
      User ann = added(here.users, "ann@example.com", Role.CUSTOMER);
      TokenHash token = nextToken();
      here.sessions.begin(session(ann), token);
      ApiKey key = SamplePeople.key("shop", Scope.ADMIN);
      TokenHash hash = nextToken();
      here.keys.add(key, hash);
      assertThat(here.sessions.find(token)).isPresent();
      assertThat(here.keys.find(hash)).contains(key);

      there.users.change(changed(ann, Role.CUSTOMER, true));
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
  void when_another_node_ends_all_sessions_two_seconds_end_them_here(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Node here = node(url);
        Node there = another(here, url)) {
      User ann = added(here.users, "ann@example.com", Role.CUSTOMER);
      TokenHash token = nextToken();
      here.sessions.begin(session(ann), token);
      assertThat(here.sessions.find(token)).isPresent();

      assertThat(there.sessions.endEverybodys(null)).isEqualTo(1);

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
    TestDatabases.migrate(database, url);
    return new Node(database);
  }

  private Node another(Node first, String url) {
    return Dialect.of(url) == Dialect.H2 ? new Node(first.database) : node(url);
  }

  private static User now(Node node, User user) {
    return node.users.find(user.id()).orElseThrow().user();
  }

  private <T> List<T> together(Callable<T> one, Callable<T> other) throws Exception {
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
