package kassa.adapters.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.BatchLimits;
import kassa.application.UseCases;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.port.in.identity.RateLimiter.Decision;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.TestUsers;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How many calls somebody may make on two nodes of one database. The clock is moved by hand, and
 * the nodes exchange when the test says so.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MultiNodeRateLimitTest {

  private static final int MAX_REQUESTS = 1_000;
  private static final int REQUESTS_PER_SECOND = 70;

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-15T12:00:00Z"));
  private final Caller shop = new Caller.ApiClient(TestUsers.nextKey(), Set.of(Scope.ORDERS_WRITE));

  @ParameterizedTest
  @EnumSource
  void two_nodes_exceed_the_limit_by_at_most_one_sync_interval(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      List<RateLimiter> nodes = List.of(node(database), node(database));
      for (int minute = 0; minute < 2; minute++) {
        int through = 0;
        for (int second = 0; second < 60; second++) {
          through +=
              requests(nodes.getFirst(), REQUESTS_PER_SECOND)
                  + requests(nodes.getLast(), REQUESTS_PER_SECOND);
          nodes.forEach(node -> assertThat(node.syncWithOtherNodes()).isTrue());
          advanceClock(Duration.ofSeconds(1));
        }

        assertThat(through)
            .isBetween(MAX_REQUESTS, MAX_REQUESTS + 2 * REQUESTS_PER_SECOND * nodes.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_restarted_node_reads_its_earlier_counters(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      RateLimiter before = node(database);
      assertThat(requests(before, 2 * MAX_REQUESTS)).isEqualTo(MAX_REQUESTS);
      before.syncWithOtherNodes();

      RateLimiter after = node(database);
      assertThat(requests(after, 1)).isEqualTo(1);
      after.syncWithOtherNodes();

      assertThat(requests(after, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void purges_counters_of_old_minutes(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      RateLimiter node = node(database);
      requests(node, MAX_REQUESTS);
      node.syncWithOtherNodes();
      var old =
          UseCases.purgeExpired(TestDatabases.stores(database), surroundings(), sessionLimits());

      advanceClock(Duration.ofMinutes(10));
      assertThat(old.purgeExpired()).isZero();
      advanceClock(Duration.ofSeconds(1));
      assertThat(old.purgeExpired()).isEqualTo(1);
    }
  }

  private RateLimiter node(Database database) {
    return UseCases.create(
            TestDatabases.stores(database),
            surroundings(),
            new UseCases.Secrets(new FakePasswordHasher(), new FakeTokenGenerator()),
            sessionLimits(),
            MAX_REQUESTS,
            Policy.DEFAULT,
            new BatchLimits(1, Duration.ofSeconds(30)))
        .rateLimiter();
  }

  private UseCases.Environment surroundings() {
    return new UseCases.Environment(now::get, UUID::randomUUID, bound -> 0);
  }

  private static UseCases.SessionLimits sessionLimits() {
    return new UseCases.SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12));
  }

  private void advanceClock(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Makes so many calls, and tells how many were let through. */
  private int requests(RateLimiter node, int calls) {
    int through = 0;
    for (int i = 0; i < calls; i++) {
      through += node.tryAcquire(shop) instanceof Decision.Allowed ? 1 : 0;
    }
    return through;
  }
}
