package kassa.application.internal.rule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.Slice;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.port.out.rule.RuleStore;
import kassa.application.port.out.rule.RuleStore.RuleContent;
import kassa.application.port.out.rule.UsageStore;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleLint;
import kassa.domain.rule.RuleLint.Finding;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import org.jspecify.annotations.Nullable;

/**
 * Creates, replaces, lints and lists discount rules, and invalidates the cache of active rules on
 * this node after each change.
 */
public final class RuleService implements ManageRules {

  private final RuleStore store;
  private final UsageStore usages;
  private final ActiveRuleSet activeRules;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Recording<StoredRule> recording;

  /**
   * @param recording records each new rule or changed status
   */
  public RuleService(
      RuleStore store,
      UsageStore usages,
      ActiveRuleSet activeRules,
      InstantSource clock,
      Supplier<UUID> ids,
      Recording<StoredRule> recording) {
    this.store = store;
    this.usages = usages;
    this.activeRules = activeRules;
    this.clock = clock;
    this.ids = ids;
    this.recording = recording;
  }

  @Override
  public ManageRules recording(Recording<StoredRule> other) {
    return new RuleService(store, usages, activeRules, clock, ids, other);
  }

  @Override
  public Outcome create(Draft draft, RuleStatus status) {
    StoredRule rule =
        StoredRule.create(
            RuleId.of(ids.get()),
            status,
            draft.definitionJson(),
            draft.definition(),
            clock.instant());
    if (status == RuleStatus.ACTIVE && isFullFor(rule.toRule())) {
      return new Outcome.TooManyActiveRules();
    }
    return decided(() ->
        store.create(
            rule.id(),
            status,
            toContent(draft, rule.createdAt()),
            recording.of(rule, rule.createdAt())));
  }

  @Override
  public Outcome replace(RuleId id, int revision, Draft draft) {
    boolean isActive = activeRules.current().find(id) != null;
    if (isActive && isFullFor(rule(id, draft.definition()))) {
      return new Outcome.TooManyActiveRules();
    }
    return decided(() -> store.replace(id, revision, toContent(draft, clock.instant())));
  }

  @Override
  public Outcome changeStatus(RuleId id, @Nullable Integer revision, RuleStatus status) {
    Outcome outcome;
    do {
      StoredRule rule = store.find(id).orElse(null);
      if (rule == null) {
        return new Outcome.Decided(new RuleChange.NotFound());
      }
      if (status == RuleStatus.ACTIVE && isFullFor(rule.toRule())) {
        return new Outcome.TooManyActiveRules();
      }
      Instant at = clock.instant();
      StoredRule changed = rule.withStatus(status, at);
      int expected = revision == null ? rule.revision() : revision;
      outcome =
          decided(() -> store.changeStatus(id, expected, status, at, recording.of(changed, at)));
    } while (revision == null && outcome instanceof Outcome.Decided(RuleChange.VersionConflict _));
    return outcome;
  }

  @Override
  public Optional<StoredRule> find(RuleId id) {
    return store.find(id);
  }

  @Override
  public Slice<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    return Slice.read(limit, count -> store.list(after, status, count));
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return store.versions(id);
  }

  @Override
  public Optional<RuleUsage> usage(RuleId id) {
    return store.find(id).map(rule -> usages.usageOf(rule.id()));
  }

  @Override
  public List<Finding> lint(List<Proposal> proposals) {
    Set<RuleId> replaced = new HashSet<>();
    proposals.forEach(proposal -> replaced.add(proposal.replaced()));
    List<Rule> all = new ArrayList<>(activeRules.current().rules());
    all.removeIf(rule -> replaced.contains(rule.id()));
    int activeCount = all.size();
    for (Proposal proposal : proposals) {
      RuleId id = new RuleId("rules/" + (all.size() - activeCount));
      all.add(rule(id, proposal.definition()));
    }
    return RuleLint.check(all).stream()
        .filter(finding -> finding.rule() >= activeCount)
        .map(finding -> at(finding, finding.rule() - activeCount))
        .toList();
  }

  private static Finding at(Finding finding, int index) {
    return new Finding(
        index, finding.ruleId(), finding.pointer(), finding.code(), finding.detail());
  }

  private boolean isFullFor(Rule rule) {
    return !activeRules.current().canAdd(rule);
  }

  private static Rule rule(RuleId id, RuleDefinition definition) {
    return new Rule(id, 1, definition.code() != null, definition);
  }

  private static RuleContent toContent(Draft draft, Instant at) {
    return new RuleContent(draft.definitionJson(), draft.definition().code(), at);
  }

  /**
   * Runs a change and invalidates the cache, also when it is unknown whether the change was stored.
   */
  private Outcome decided(Supplier<RuleChange> change) {
    try {
      return new Outcome.Decided(change.get());
    } finally {
      activeRules.invalidate();
    }
  }
}
