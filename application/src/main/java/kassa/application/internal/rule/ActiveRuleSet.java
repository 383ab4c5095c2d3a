package kassa.application.internal.rule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import kassa.application.port.out.rule.RuleStore;
import kassa.application.port.out.rule.RuleStore.ActiveRules;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Policy;
import kassa.domain.rule.StoredRule;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force, compiled once and swapped as a whole. One caller a second asks the store
 * whether they have changed; the others go on with those that there are, as long as these were seen
 * to be in force less than two seconds ago.
 */
public final class ActiveRuleSet {

  private static final Duration FRESH_FOR = Duration.ofSeconds(1);
  private static final Duration MAX_STALENESS = Duration.ofSeconds(2);

  /**
   * Rules, and when they were last seen to be in force.
   *
   * @param readAt before the store was asked
   */
  private record CachedRuleSet(RuleSet rules, Instant readAt) {

    boolean isWithin(Duration age, Instant now) {
      return !now.isBefore(readAt) && now.isBefore(readAt.plus(age));
    }
  }

  private final RuleStore store;
  private final Policy policy;
  private final InstantSource clock;
  private final Semaphore refreshLock = new Semaphore(1);
  private volatile @Nullable CachedRuleSet cached;

  /**
   * @param policy how the rules work together
   */
  public ActiveRuleSet(RuleStore store, Policy policy, InstantSource clock) {
    this.store = store;
    this.policy = policy;
    this.clock = clock;
  }

  /** The rules in force. */
  public RuleSet current() {
    Instant now = clock.instant();
    CachedRuleSet seen = cached;
    if (seen != null && seen.isWithin(FRESH_FOR, now)) {
      return seen.rules();
    }
    if (seen != null && seen.isWithin(MAX_STALENESS, now)) {
      return refreshLock.tryAcquire() ? refreshAndRelease() : seen.rules();
    }
    refreshLock.acquireUninterruptibly();
    return refreshAndRelease();
  }

  /** Rules were changed here: who asks next is to see it. */
  public void invalidate() {
    refreshLock.acquireUninterruptibly();
    try {
      cached = null;
    } finally {
      refreshLock.release();
    }
  }

  private RuleSet refreshAndRelease() {
    try {
      Instant now = clock.instant();
      CachedRuleSet seen = cached;
      if (seen != null && seen.isWithin(FRESH_FOR, now)) {
        return seen.rules();
      }
      boolean unchanged = seen != null && seen.rules().version() == store.ruleSetVersion();
      RuleSet rules = seen != null && unchanged ? seen.rules() : load();
      cached = new CachedRuleSet(rules, now);
      return rules;
    } finally {
      refreshLock.release();
    }
  }

  private RuleSet load() {
    ActiveRules active = store.readActiveRules();
    return new RuleSet(
        active.ruleSetVersion(), active.rules().stream().map(StoredRule::toRule).toList(), policy);
  }
}
