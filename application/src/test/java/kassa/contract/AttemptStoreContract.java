package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kassa.application.port.out.AttemptStore;
import kassa.application.port.out.AttemptStore.Attempts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link AttemptStore} has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class AttemptStoreContract {

  private static final Instant START = SamplePeople.START;
  private static final Instant BEFORE = START.minusSeconds(900);

  /** The stores under test. */
  protected abstract IdentityStores stores();

  private AttemptStore store() {
    return stores().attempts();
  }

  @Test
  void counts_for_each_subject_by_itself() {
    String longest = "ä".repeat(300);
    store().failed(List.of("ann", longest), START, BEFORE);
    store().failed(List.of("ann"), START.plusSeconds(1), BEFORE);

    assertThat(store().find(List.of("ann", longest, "bob")))
        .containsExactlyInAnyOrder(
            new Attempts("ann", 2, START.plusSeconds(1)), new Attempts(longest, 1, START));
    assertThat(store().find(List.of("bob"))).isEmpty();
    assertThat(store().find(List.of())).isEmpty();
  }

  @Test
  void begins_anew_behind_a_last_attempt_that_is_too_old() {
    store().failed(List.of("ann", "bob"), START, BEFORE);
    store().failed(List.of("ann"), START.plusSeconds(900), START);
    assertThat(store().find(List.of("ann")))
        .containsExactly(new Attempts("ann", 2, START.plusSeconds(900)));

    store().failed(List.of("bob"), START.plusSeconds(901), START.plusNanos(1_000));
    assertThat(store().find(List.of("bob")))
        .containsExactly(new Attempts("bob", 1, START.plusSeconds(901)));
  }

  @Test
  void forgets_the_attempts_of_one_subject() {
    store().failed(List.of("ann", "bob"), START, BEFORE);

    store().forget("ann");
    store().forget("cid");

    assertThat(store().find(List.of("ann", "bob")))
        .extracting(Attempts::subject)
        .containsOnly("bob");
  }

  @Test
  void forgets_what_was_last_tried_before_a_time() {
    store().failed(List.of("ann"), START, BEFORE);
    store().failed(List.of("bob"), START.plusNanos(1_000), BEFORE);

    assertThat(store().forgetBefore(START)).isZero();
    assertThat(store().forgetBefore(START.plusNanos(1_000))).isEqualTo(1);

    assertThat(store().find(List.of("ann", "bob")))
        .extracting(Attempts::subject)
        .containsOnly("bob");
  }

  @Test
  void loses_none_of_those_that_fail_at_once() throws Exception {
    List<String> subjects = List.of("ann", "192.0.2.1");

    Together.run(
        8,
        200,
        i -> {
          store().failed(i % 2 == 0 ? subjects : subjects.reversed(), START, BEFORE);
          return i;
        });

    assertThat(store().find(subjects)).extracting(Attempts::count).containsExactly(200, 200);
  }

  @Test
  void an_outage_is_never_answered_as_absence() throws Exception {
    stores().away().run();

    Together.assertUnavailable(
        () -> store().find(List.of("ann")),
        () -> store().failed(List.of("ann"), START, BEFORE),
        () -> store().forget("ann"),
        () -> store().forgetBefore(START));
  }
}
