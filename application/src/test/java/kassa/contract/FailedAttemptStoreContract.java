package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kassa.application.port.out.identity.FailedAttemptStore;
import kassa.application.port.out.identity.FailedAttemptStore.FailedAttempts;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.IdentityStoresFixture;
import kassa.contract.fixture.TestUsers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link FailedAttemptStore}: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FailedAttemptStoreContract {

  private static final Instant START = TestUsers.START;
  private static final Instant BEFORE = START.minusSeconds(900);

  /** The stores under test. */
  protected abstract IdentityStoresFixture stores();

  private FailedAttemptStore store() {
    return stores().failedAttempts();
  }

  @Test
  void counts_failures_per_subject() {
    String maxLengthSubject = "ä".repeat(300);
    store().recordFailure(List.of("ann", maxLengthSubject), START, BEFORE);
    store().recordFailure(List.of("ann"), START.plusSeconds(1), BEFORE);

    assertThat(store().find(List.of("ann", maxLengthSubject, "bob")))
        .containsExactlyInAnyOrder(
            new FailedAttempts("ann", 2, START.plusSeconds(1)),
            new FailedAttempts(maxLengthSubject, 1, START));
    assertThat(store().find(List.of("bob"))).isEmpty();
    assertThat(store().find(List.of())).isEmpty();
  }

  @Test
  void restarts_the_count_after_the_last_attempt_expired() {
    store().recordFailure(List.of("ann", "bob"), START, BEFORE);
    store().recordFailure(List.of("ann"), START.plusSeconds(900), START);
    assertThat(store().find(List.of("ann")))
        .containsExactly(new FailedAttempts("ann", 2, START.plusSeconds(900)));

    store().recordFailure(List.of("bob"), START.plusSeconds(901), START.plusNanos(1_000));
    assertThat(store().find(List.of("bob")))
        .containsExactly(new FailedAttempts("bob", 1, START.plusSeconds(901)));
  }

  @Test
  void clears_the_attempts_of_one_subject() {
    store().recordFailure(List.of("ann", "bob"), START, BEFORE);

    store().clear("ann");
    store().clear("cid");

    assertThat(store().find(List.of("ann", "bob")))
        .extracting(FailedAttempts::subject)
        .containsOnly("bob");
  }

  @Test
  void purges_attempts_before_a_time() {
    store().recordFailure(List.of("ann"), START, BEFORE);
    store().recordFailure(List.of("bob"), START.plusNanos(1_000), BEFORE);

    assertThat(store().purgeBefore(START, BEFORE)).isZero();
    assertThat(store().purgeBefore(START.plusNanos(1_000), BEFORE)).isEqualTo(1);

    assertThat(store().find(List.of("ann", "bob")))
        .extracting(FailedAttempts::subject)
        .containsOnly("bob");
  }

  @Test
  void records_the_last_success_of_a_subject() {
    store().recordSuccess("ann", START);
    store().recordSuccess("ann", START.plusSeconds(1));
    store().recordFailure(List.of("bob"), START, BEFORE);
    store().recordSuccess("bob", START);

    assertThat(store().find(List.of("ann", "bob")))
        .containsExactlyInAnyOrder(
            new FailedAttempts("ann", 0, START.plusSeconds(1)),
            new FailedAttempts("bob", 0, START));
  }

  @Test
  void purges_successes_later_than_failures() {
    store().recordSuccess("ann", START);
    store().recordSuccess("bob", START.plusNanos(1_000));

    assertThat(store().purgeBefore(START.plusSeconds(900), START)).isZero();
    assertThat(store().purgeBefore(START.plusSeconds(900), START.plusNanos(1_000))).isEqualTo(1);

    assertThat(store().find(List.of("ann", "bob")))
        .extracting(FailedAttempts::subject)
        .containsOnly("bob");
  }

  @Test
  void records_concurrent_successes() throws Exception {
    ConcurrentRuns.run(
        8,
        200,
        i -> {
          store().recordSuccess("ann", START);
          return i;
        });

    assertThat(store().find(List.of("ann"))).containsExactly(new FailedAttempts("ann", 0, START));
  }

  @Test
  void counts_all_concurrent_failures() throws Exception {
    List<String> subjects = List.of("ann", "192.0.2.1");

    ConcurrentRuns.run(
        8,
        200,
        i -> {
          store().recordFailure(i % 2 == 0 ? subjects : subjects.reversed(), START, BEFORE);
          return i;
        });

    assertThat(store().find(subjects)).extracting(FailedAttempts::count).containsExactly(200, 200);
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> store().find(List.of("ann")),
        () -> store().recordFailure(List.of("ann"), START, BEFORE),
        () -> store().recordSuccess("ann", START),
        () -> store().clear("ann"),
        () -> store().purgeBefore(START, START));
  }
}
