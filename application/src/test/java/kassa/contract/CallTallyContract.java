package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import kassa.application.port.out.CallTally;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CallTally} has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CallTallyContract {

  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Instant NEXT = NOON.plusSeconds(60);
  private static final UUID HERE = new UUID(0, 1);
  private static final UUID THERE = new UUID(0, 2);
  private static final UUID YONDER = new UUID(0, 3);

  /** The stores under test. */
  protected abstract IdentityStores stores();

  private CallTally tally() {
    return stores().calls();
  }

  private Map<String, Long> others(UUID node) {
    return tally().exchange(node, NOON, Map.of());
  }

  @Test
  void tells_each_node_what_the_others_counted_together() {
    String longest = "ä".repeat(300);
    tally().exchange(HERE, NOON, Map.of("ann", 3L, longest, 3_000_000_000L));
    tally().exchange(THERE, NOON, Map.of("ann", 4L, "bob", 1L));

    assertThat(tally().exchange(YONDER, NOON, Map.of("ann", 5L, "cid", 9L)))
        .isEqualTo(Map.of("ann", 7L, "bob", 1L, longest, 3_000_000_000L));
    assertThat(others(HERE)).isEqualTo(Map.of("ann", 9L, "bob", 1L, "cid", 9L));
  }

  @Test
  void tells_nothing_where_nobody_counted() {
    assertThat(tally().exchange(HERE, NOON, Map.of("ann", 3L))).isEmpty();
    assertThat(others(HERE)).isEmpty();
  }

  @Test
  void what_is_told_again_does_not_count_twice_and_what_is_older_not_at_all() {
    tally().exchange(HERE, NOON, Map.of("ann", 3L));
    tally().exchange(HERE, NOON, Map.of("ann", 5L));
    tally().exchange(HERE, NOON, Map.of("ann", 5L));
    tally().exchange(HERE, NOON, Map.of("ann", 4L, "bob", 1L));

    assertThat(others(THERE)).isEqualTo(Map.of("ann", 5L, "bob", 1L));
  }

  @Test
  void counts_each_minute_by_itself() {
    tally().exchange(HERE, NOON, Map.of("ann", 3L));

    assertThat(tally().exchange(THERE, NEXT, Map.of("ann", 1L))).isEmpty();
    assertThat(others(THERE)).isEqualTo(Map.of("ann", 3L));
  }

  @Test
  void forgets_the_minutes_that_began_before_a_time() {
    tally().exchange(HERE, NOON, Map.of("ann", 3L, "bob", 1L));
    tally().exchange(HERE, NEXT, Map.of("ann", 4L));

    assertThat(tally().forgetBefore(NOON)).isZero();
    assertThat(tally().forgetBefore(NOON.plusNanos(1_000))).isEqualTo(2);

    assertThat(others(THERE)).isEmpty();
    assertThat(tally().exchange(THERE, NEXT, Map.of())).isEqualTo(Map.of("ann", 4L));
  }

  @Test
  void loses_nothing_of_nodes_that_tell_at_once() throws Exception {
    Together.run(
        8,
        200,
        i -> {
          Map<String, Long> counted = new HashMap<>();
          for (int caller = 0; caller < 20; caller++) {
            counted.put("caller-" + caller, (long) (i / 8 + 1));
          }
          return tally().exchange(new UUID(1, i % 8), NOON, counted);
        });

    assertThat(others(HERE))
        .hasSize(20)
        .allSatisfy((caller, calls) -> assertThat(calls).isEqualTo(8 * 25));
  }

  @Test
  void an_outage_is_never_answered_as_absence() throws Exception {
    stores().away().run();

    Together.assertUnavailable(
        () -> tally().exchange(HERE, NOON, Map.of("ann", 1L)),
        () -> tally().exchange(HERE, NOON, Map.of()),
        () -> tally().forgetBefore(NOON));
  }
}
