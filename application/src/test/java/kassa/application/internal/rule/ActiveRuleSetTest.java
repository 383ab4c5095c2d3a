package kassa.application.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import kassa.application.fixture.SettableClock;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.rule.RuleStore;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.SeedRule;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ActiveRuleSetTest {

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);
  private static final Duration ALMOST_ONE_SECOND = Duration.ofMillis(999);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final RuleStore store = stores.rules();
  private final ActiveRuleSet activeRules = new ActiveRuleSet(store, Policy.DEFAULT, clock);

  @BeforeEach
  void createSeedRule() {
    SeedRule.createIn(store);
  }

  @Test
  void returns_active_rules_with_set_version() {
    RuleSet rules = activeRules.current();

    assertThat(rules.rules()).extracting(rule -> rule.id()).containsExactly(SeedRule.ID);
    assertThat(rules.version()).isEqualTo(store.ruleSetVersion());
    assertThat(rules.policy()).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void reuses_the_compiled_set_while_unchanged() {
    RuleSet first = activeRules.current();
    clock.advance(Duration.ofHours(1));

    assertThat(activeRules.current()).isSameAs(first);
  }

  @Test
  void sees_changes_of_other_nodes_after_a_second() {
    activeRules.current();
    pauseOnOtherNode();
    clock.advance(ALMOST_ONE_SECOND);
    assertThat(activeRules.current().rules()).hasSize(1);

    clock.advance(Duration.ofMillis(1));

    assertThat(activeRules.current().rules()).isEmpty();
  }

  @Test
  void sees_changes_of_this_node_immediately() {
    activeRules.current();
    pauseOnOtherNode();

    activeRules.invalidate();

    assertThat(activeRules.current().rules()).isEmpty();
  }

  @Test
  void cache_age_starts_before_the_store_is_read() {
    ActiveRuleSet slow = new ActiveRuleSet(new Slow(store, clock), Policy.DEFAULT, clock);
    slow.current();
    pauseOnOtherNode();
    clock.advance(Duration.ofMillis(500));

    // The store responded half a second after it was asked, so the cached set is one second old
    // now.
    assertThat(slow.current().rules()).isEmpty();
  }

  @Test
  void never_returns_rules_of_unknown_age() {
    activeRules.current();
    stores.makeUnavailable();
    clock.advance(ALMOST_ONE_SECOND);
    assertThat(activeRules.current().rules()).hasSize(1);

    clock.advance(ONE_SECOND);

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(activeRules::current);
    stores.makeAvailable();
    assertThat(activeRules.current().rules()).hasSize(1);
  }

  @Test
  void clock_setback_invalidates_the_cache() {
    activeRules.current();
    pauseOnOtherNode();
    clock.advance(Duration.ofHours(-1));

    assertThat(activeRules.current().rules()).isEmpty();
  }

  @Test
  void one_thread_refreshes_while_others_use_the_cache() throws Exception {
    Blocking blocking = new Blocking(store);
    ActiveRuleSet shared = new ActiveRuleSet(blocking, Policy.DEFAULT, clock);
    shared.current();
    clock.advance(ONE_SECOND);
    blocking.block();
    Thread producer = Thread.startVirtualThread(shared::current);
    blocking.isRead.await();

    assertThat(shared.current().rules()).hasSize(1);

    blocking.release.countDown();
    producer.join();
  }

  private void pauseOnOtherNode() {
    SampleRules.changeStatus(store, SeedRule.ID, RuleStatus.PAUSED, Instant.EPOCH);
  }

  /** Store that takes half a second to respond. */
  private static final class Slow extends ForwardingRuleStore {

    private final SettableClock clock;

    Slow(RuleStore store, SettableClock clock) {
      super(store);
      this.clock = clock;
    }

    @Override
    public ActiveRules readActiveRules() {
      ActiveRules active = super.readActiveRules();
      clock.advance(Duration.ofMillis(500));
      return active;
    }
  }

  /** Store that can block a reader. */
  private static final class Blocking extends ForwardingRuleStore {

    private final CountDownLatch isRead = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean blocking;

    Blocking(RuleStore store) {
      super(store);
    }

    void block() {
      blocking = true;
    }

    @Override
    public long ruleSetVersion() {
      if (blocking) {
        isRead.countDown();
        try {
          release.await();
        } catch (InterruptedException interrupted) {
          throw new IllegalStateException(interrupted);
        }
      }
      return super.ruleSetVersion();
    }
  }
}
