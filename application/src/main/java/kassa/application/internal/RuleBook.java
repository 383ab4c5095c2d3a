package kassa.application.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.RuleStore.ActiveRules;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force, compiled once and swapped as a whole. One caller a second asks the store
 * whether they have changed; the others go on with those that there are, as long as these were seen
 * to be in force less than two seconds ago.
 */
public final class RuleBook {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration USABLE = Duration.ofSeconds(2);

  /**
   * Rules, and when they were last seen to be in force.
   *
   * @param at before the store was asked
   */
  private record Seen(RuleSet rules, Instant at) {

    boolean isWithin(Duration age, Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(age));
    }
  }

  private final RuleStore store;
  private final Policy policy;
  private final InstantSource clock;
  private final Semaphore asking = new Semaphore(1);
  private volatile @Nullable Seen last;

  /**
   * @param policy how the rules work together
   */
  public RuleBook(RuleStore store, Policy policy, InstantSource clock) {
    this.store = store;
    this.policy = policy;
    this.clock = clock;
  }

  /** The rules in force. */
  public RuleSet current() {
    Instant now = clock.instant();
    Seen seen = last;
    if (seen != null && seen.isWithin(FRESH, now)) {
      return seen.rules();
    }
    if (seen != null && seen.isWithin(USABLE, now)) {
      return asking.tryAcquire() ? askAndRelease() : seen.rules();
    }
    asking.acquireUninterruptibly();
    return askAndRelease();
  }

  /** Rules were changed here: who asks next is to see it. */
  public void forget() {
    asking.acquireUninterruptibly();
    try {
      last = null;
    } finally {
      asking.release();
    }
  }

  private RuleSet askAndRelease() {
    try {
      Instant now = clock.instant();
      Seen seen = last;
      if (seen != null && seen.isWithin(FRESH, now)) {
        return seen.rules();
      }
      boolean unchanged = seen != null && seen.rules().version() == store.setVersion();
      RuleSet rules = seen != null && unchanged ? seen.rules() : load();
      last = new Seen(rules, now);
      return rules;
    } finally {
      asking.release();
    }
  }

  private RuleSet load() {
    ActiveRules active = store.active();
    return new RuleSet(
        active.setVersion(), active.rules().stream().map(KeptRule::toRule).toList(), policy);
  }
}
