package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.IdentityStoresFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link RateLimitStore}: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RateLimitStoreContract {

  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Instant NEXT = NOON.plusSeconds(60);
  private static final UUID NODE_1 = new UUID(0, 1);
  private static final UUID NODE_2 = new UUID(0, 2);
  private static final UUID NODE_3 = new UUID(0, 3);

  /** The stores under test. */
  protected abstract IdentityStoresFixture stores();

  private RateLimitStore store() {
    return stores().rateLimits();
  }

  private Map<String, Long> countsOfOtherNodes(UUID node) {
    return store().mergeCounts(node, NOON, Map.of());
  }

  @Test
  void returns_to_each_node_the_sum_of_the_other_nodes() {
    String maxLengthCaller = "ä".repeat(300);
    store().mergeCounts(NODE_1, NOON, Map.of("ann", 3L, maxLengthCaller, 3_000_000_000L));
    store().mergeCounts(NODE_2, NOON, Map.of("ann", 4L, "bob", 1L));

    assertThat(store().mergeCounts(NODE_3, NOON, Map.of("ann", 5L, "cid", 9L)))
        .isEqualTo(Map.of("ann", 7L, "bob", 1L, maxLengthCaller, 3_000_000_000L));
    assertThat(countsOfOtherNodes(NODE_1)).isEqualTo(Map.of("ann", 9L, "bob", 1L, "cid", 9L));
  }

  @Test
  void returns_nothing_without_counts_of_other_nodes() {
    assertThat(store().mergeCounts(NODE_1, NOON, Map.of("ann", 3L))).isEmpty();
    assertThat(countsOfOtherNodes(NODE_1)).isEmpty();
  }

  @Test
  void repeated_counts_are_not_added_twice_and_lower_ones_ignored() {
    store().mergeCounts(NODE_1, NOON, Map.of("ann", 3L));
    store().mergeCounts(NODE_1, NOON, Map.of("ann", 5L));
    store().mergeCounts(NODE_1, NOON, Map.of("ann", 5L));
    store().mergeCounts(NODE_1, NOON, Map.of("ann", 4L, "bob", 1L));

    assertThat(countsOfOtherNodes(NODE_2)).isEqualTo(Map.of("ann", 5L, "bob", 1L));
  }

  @Test
  void counts_each_minute_separately() {
    store().mergeCounts(NODE_1, NOON, Map.of("ann", 3L));

    assertThat(store().mergeCounts(NODE_2, NEXT, Map.of("ann", 1L))).isEmpty();
    assertThat(countsOfOtherNodes(NODE_2)).isEqualTo(Map.of("ann", 3L));
  }

  @Test
  void purges_minutes_that_started_before_a_time() {
    store().mergeCounts(NODE_1, NOON, Map.of("ann", 3L, "bob", 1L));
    store().mergeCounts(NODE_1, NEXT, Map.of("ann", 4L));

    assertThat(store().purgeBefore(NOON)).isZero();
    assertThat(store().purgeBefore(NOON.plusNanos(1_000))).isEqualTo(2);

    assertThat(countsOfOtherNodes(NODE_2)).isEmpty();
    assertThat(store().mergeCounts(NODE_2, NEXT, Map.of())).isEqualTo(Map.of("ann", 4L));
  }

  @Test
  void loses_no_counts_of_nodes_that_sync_concurrently() throws Exception {
    ConcurrentRuns.run(
        8,
        200,
        i -> {
          Map<String, Long> counts = new HashMap<>();
          for (int caller = 0; caller < 20; caller++) {
            counts.put("caller-" + caller, (long) (i / 8 + 1));
          }
          return store().mergeCounts(new UUID(1, i % 8), NOON, counts);
        });

    assertThat(countsOfOtherNodes(NODE_1))
        .hasSize(20)
        .allSatisfy((caller, calls) -> assertThat(calls).isEqualTo(8 * 25));
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> store().mergeCounts(NODE_1, NOON, Map.of("ann", 1L)),
        () -> store().mergeCounts(NODE_1, NOON, Map.of()),
        () -> store().purgeBefore(NOON));
  }
}
