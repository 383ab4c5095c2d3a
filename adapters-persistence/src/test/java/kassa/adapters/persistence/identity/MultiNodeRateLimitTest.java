package kassa.adapters.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import kassa.adapters.persistence.TestStores;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.ApplicationSettings;
import kassa.application.BatchLimits;
import kassa.application.Cryptography;
import kassa.application.Environment;
import kassa.application.OperatorUseCases;
import kassa.application.UseCases;
import kassa.application.port.in.identity.PurgeExpired;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.port.in.identity.RateLimiter.Decision;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.TestUsers;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Scope;
import kassa.domain.identity.SessionLimits;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rate limit of one caller on two nodes that share a database. The test moves the clock and
 * triggers the sync between the nodes.
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
        int allowed = 0;
        for (int second = 0; second < 60; second++) {
          allowed +=
              requests(nodes.getFirst(), REQUESTS_PER_SECOND)
                  + requests(nodes.getLast(), REQUESTS_PER_SECOND);
          nodes.forEach(node -> assertThat(node.syncWithOtherNodes()).isTrue());
          advanceClock(Duration.ofSeconds(1));
        }

        assertThat(allowed)
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
      PurgeExpired purge =
          OperatorUseCases.create(
                  TestStores.of(database), environment(), cryptography(), settings())
              .purgeExpired();

      advanceClock(Duration.ofMinutes(10));
      assertThat(purge.purgeExpired()).isZero();
      advanceClock(Duration.ofSeconds(1));
      assertThat(purge.purgeExpired()).isEqualTo(1);
    }
  }

  private RateLimiter node(Database database) {
    return UseCases.create(
            TestStores.of(database),
            environment(),
            cryptography(),
            settings(),
            new FakeWebhookGateway().gateway())
        .identity()
        .rateLimiter();
  }

  private Environment environment() {
    return new Environment(now::get, UUID::randomUUID, bound -> 0);
  }

  private static Cryptography cryptography() {
    return new Cryptography(new FakePasswordHasher(), new FakeTokenGenerator());
  }

  private static ApplicationSettings settings() {
    return new ApplicationSettings(
        new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
        MAX_REQUESTS,
        Policy.DEFAULT,
        new BatchLimits(1, Duration.ofSeconds(30)));
  }

  private void advanceClock(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Sends requests, and returns the number of allowed ones. */
  private int requests(RateLimiter node, int count) {
    int allowed = 0;
    for (int i = 0; i < count; i++) {
      allowed += node.tryAcquire(shop) instanceof Decision.Allowed ? 1 : 0;
    }
    return allowed;
  }
}
