package kassa.application.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import kassa.application.fixture.SettableClock;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.rule.RuleStore;
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

  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration ALMOST_A_SECOND = Duration.ofMillis(999);

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
    pauseElsewhere();
    clock.advance(ALMOST_A_SECOND);
    assertThat(activeRules.current().rules()).hasSize(1);

    clock.advance(Duration.ofMillis(1));

    assertThat(activeRules.current().rules()).isEmpty();
  }

  @Test
  void sees_changes_of_this_node_immediately() {
    activeRules.current();
    pauseElsewhere();

    activeRules.invalidate();

    assertThat(activeRules.current().rules()).isEmpty();
  }

  @Test
  void cache_age_starts_before_the_store_is_read() {
    ActiveRuleSet slow = new ActiveRuleSet(new Slow(store, clock), Policy.DEFAULT, clock);
    slow.current();
    pauseElsewhere();
    clock.advance(Duration.ofMillis(500));

    // The answer came half a second after the question, so it is a second old by now.
    assertThat(slow.current().rules()).isEmpty();
  }

  @Test
  void never_returns_rules_of_unknown_age() {
    activeRules.current();
    stores.makeUnavailable();
    clock.advance(ALMOST_A_SECOND);
    assertThat(activeRules.current().rules()).hasSize(1);

    clock.advance(A_SECOND);

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(activeRules::current);
    stores.makeAvailable();
    assertThat(activeRules.current().rules()).hasSize(1);
  }

  @Test
  void clock_setback_invalidates_the_cache() {
    activeRules.current();
    pauseElsewhere();
    clock.advance(Duration.ofHours(-1));

    assertThat(activeRules.current().rules()).isEmpty();
  }

  @Test
  void one_thread_refreshes_while_others_use_the_cache() throws Exception {
    Held held = new Held(store);
    ActiveRuleSet shared = new ActiveRuleSet(held, Policy.DEFAULT, clock);
    shared.current();
    clock.advance(A_SECOND);
    held.hold();
    Thread producer = Thread.startVirtualThread(shared::current);
    held.asked.await();

    assertThat(shared.current().rules()).hasSize(1);

    held.release.countDown();
    producer.join();
  }

  private void pauseElsewhere() {
    store.changeStatus(SeedRule.ID, null, RuleStatus.PAUSED, Instant.EPOCH);
  }

  /** A store whose answers take half a second. */
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

  /** A store that can be made to keep who asks waiting. */
  private static final class Held extends ForwardingRuleStore {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean held;

    Held(RuleStore store) {
      super(store);
    }

    void hold() {
      held = true;
    }

    @Override
    public long ruleSetVersion() {
      if (held) {
        asked.countDown();
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
