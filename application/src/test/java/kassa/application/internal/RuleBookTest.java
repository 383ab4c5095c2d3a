package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.InMemoryStores;
import kassa.contract.ShippedRule;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RuleBookTest {

  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final Duration ALMOST_A_SECOND = Duration.ofMillis(999);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStores stores = new InMemoryStores();
  private final RuleStore store = stores.rules();
  private final RuleBook book = new RuleBook(store, Policy.DEFAULT, clock);

  @BeforeEach
  void ship() {
    ShippedRule.createIn(store);
  }

  @Test
  void holds_the_rules_in_force_under_their_number() {
    RuleSet rules = book.current();

    assertThat(rules.rules()).extracting(rule -> rule.id()).containsExactly(ShippedRule.ID);
    assertThat(rules.version()).isEqualTo(store.setVersion());
    assertThat(rules.policy()).isEqualTo(Policy.DEFAULT);
  }

  @Test
  void goes_on_with_the_same_compiled_set_as_long_as_nothing_changes() {
    RuleSet first = book.current();
    clock.advance(Duration.ofHours(1));

    assertThat(book.current()).isSameAs(first);
  }

  @Test
  void sees_what_another_node_has_changed_after_a_second() {
    book.current();
    pauseElsewhere();
    clock.advance(ALMOST_A_SECOND);
    assertThat(book.current().rules()).hasSize(1);

    clock.advance(Duration.ofMillis(1));

    assertThat(book.current().rules()).isEmpty();
  }

  @Test
  void sees_what_this_node_has_changed_at_once() {
    book.current();
    pauseElsewhere();

    book.forget();

    assertThat(book.current().rules()).isEmpty();
  }

  @Test
  void counts_the_age_of_the_rules_from_before_the_store_was_asked() {
    RuleBook slow = new RuleBook(new Slow(store, clock), Policy.DEFAULT, clock);
    slow.current();
    pauseElsewhere();
    clock.advance(Duration.ofMillis(500));

    // The answer came half a second after the question, so it is a second old by now.
    assertThat(slow.current().rules()).isEmpty();
  }

  @Test
  void prices_nothing_by_rules_of_unknown_age() {
    book.current();
    stores.takeAway();
    clock.advance(ALMOST_A_SECOND);
    assertThat(book.current().rules()).hasSize(1);

    clock.advance(A_SECOND);

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(book::current);
    stores.bringBack();
    assertThat(book.current().rules()).hasSize(1);
  }

  @Test
  void a_clock_that_is_set_back_makes_no_rule_younger() {
    book.current();
    pauseElsewhere();
    clock.advance(Duration.ofHours(-1));

    assertThat(book.current().rules()).isEmpty();
  }

  @Test
  void lets_others_go_on_while_one_asks() throws Exception {
    Held held = new Held(store);
    RuleBook shared = new RuleBook(held, Policy.DEFAULT, clock);
    shared.current();
    clock.advance(A_SECOND);
    held.hold();
    Thread asking = Thread.startVirtualThread(shared::current);
    held.asked.await();

    assertThat(shared.current().rules()).hasSize(1);

    held.release.countDown();
    asking.join();
  }

  private void pauseElsewhere() {
    store.move(ShippedRule.ID, null, RuleStatus.PAUSED, Instant.EPOCH);
  }

  /** A store whose answers take half a second. */
  private static final class Slow extends ForwardingRuleStore {

    private final SettableClock clock;

    Slow(RuleStore store, SettableClock clock) {
      super(store);
      this.clock = clock;
    }

    @Override
    public ActiveRules active() {
      ActiveRules active = super.active();
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
    public long setVersion() {
      if (held) {
        asked.countDown();
        try {
          release.await();
        } catch (InterruptedException interrupted) {
          throw new IllegalStateException(interrupted);
        }
      }
      return super.setVersion();
    }
  }
}
