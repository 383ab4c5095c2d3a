package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import kassa.application.ProcessingLimits;
import kassa.application.UseCases;
import kassa.application.port.in.CountCalls;
import kassa.application.port.in.CountCalls.Outcome;
import kassa.contract.QuickPasswords;
import kassa.contract.QuickTokens;
import kassa.contract.SamplePeople;
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
class LimitOverNodesTest {

  private static final int LIMIT = 1_000;
  private static final int EVERY_SECOND = 70;

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-15T12:00:00Z"));
  private final Caller shop =
      new Caller.Program(SamplePeople.nextKey(), Set.of(Scope.ORDERS_WRITE));

  @ParameterizedTest
  @EnumSource
  void holds_but_for_what_the_nodes_let_through_between_two_exchanges(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      List<CountCalls> nodes = List.of(node(database), node(database));
      for (int minute = 0; minute < 2; minute++) {
        int through = 0;
        for (int second = 0; second < 60; second++) {
          through += calls(nodes.getFirst(), EVERY_SECOND) + calls(nodes.getLast(), EVERY_SECOND);
          nodes.forEach(node -> assertThat(node.exchange()).isTrue());
          forward(Duration.ofSeconds(1));
        }

        assertThat(through).isBetween(LIMIT, LIMIT + 2 * EVERY_SECOND * nodes.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_node_that_is_started_anew_hears_what_it_had_counted_before(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      CountCalls before = node(database);
      assertThat(calls(before, 2 * LIMIT)).isEqualTo(LIMIT);
      before.exchange();

      CountCalls after = node(database);
      assertThat(calls(after, 1)).isEqualTo(1);
      after.exchange();

      assertThat(calls(after, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void old_minutes_are_forgotten(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      CountCalls node = node(database);
      calls(node, LIMIT);
      node.exchange();
      var old = UseCases.forgetOld(TestDatabases.stores(database), surroundings(), sessionLimits());

      forward(Duration.ofMinutes(10));
      assertThat(old.forgetOld()).isZero();
      forward(Duration.ofSeconds(1));
      assertThat(old.forgetOld()).isEqualTo(1);
    }
  }

  private CountCalls node(Database database) {
    return UseCases.create(
            TestDatabases.stores(database),
            surroundings(),
            new UseCases.Secrets(new QuickPasswords(), new QuickTokens()),
            sessionLimits(),
            LIMIT,
            Policy.DEFAULT,
            new ProcessingLimits(1, Duration.ofSeconds(30)))
        .countCalls();
  }

  private UseCases.Surroundings surroundings() {
    return new UseCases.Surroundings(now::get, UUID::randomUUID, bound -> 0);
  }

  private static UseCases.SessionLimits sessionLimits() {
    return new UseCases.SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12));
  }

  private void forward(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Makes so many calls, and tells how many were let through. */
  private int calls(CountCalls node, int calls) {
    int through = 0;
    for (int i = 0; i < calls; i++) {
      through += node.count(shop) instanceof Outcome.Within ? 1 : 0;
    }
    return through;
  }
}
