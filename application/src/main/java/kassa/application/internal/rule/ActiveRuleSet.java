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
 * Cache of the active rules, compiled once and replaced as a whole. Once per second one caller
 * checks the store for changes. The other callers use the cached rules, if these were confirmed
 * less than two seconds ago; otherwise they wait for the refresh. Thread-safe.
 */
public final class ActiveRuleSet {

  private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(1);
  private static final Duration MAX_STALENESS = Duration.ofSeconds(2);

  /**
   * Cached rules with the time of the last confirmation.
   *
   * @param readAt taken before the store was read
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
   * @param policy how rules combine
   */
  public ActiveRuleSet(RuleStore store, Policy policy, InstantSource clock) {
    this.store = store;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Returns the active rules.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the cache is stale and the
   *     store cannot be read
   */
  public RuleSet current() {
    Instant now = clock.instant();
    CachedRuleSet entry = cached;
    if (entry != null && entry.isWithin(REFRESH_INTERVAL, now)) {
      return entry.rules();
    }
    if (entry != null && entry.isWithin(MAX_STALENESS, now)) {
      return refreshLock.tryAcquire() ? refreshAndRelease() : entry.rules();
    }
    refreshLock.acquireUninterruptibly();
    return refreshAndRelease();
  }

  /** Invalidates the cache after a change on this node: the next call reads the store. */
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
      CachedRuleSet entry = cached;
      if (entry != null && entry.isWithin(REFRESH_INTERVAL, now)) {
        return entry.rules();
      }
      boolean unchanged = entry != null && entry.rules().version() == store.ruleSetVersion();
      RuleSet rules = entry != null && unchanged ? entry.rules() : load();
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
