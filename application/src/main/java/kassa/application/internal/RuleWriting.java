package kassa.application.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.WriteRules;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.RuleStore.Change;
import kassa.application.port.out.RuleStore.Writing;
import kassa.application.port.out.UsageStore;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleChecks;
import kassa.domain.rule.RuleChecks.Finding;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import org.jspecify.annotations.Nullable;

/** Writes rules, and makes this node see it at once. */
public final class RuleWriting implements WriteRules {

  private final RuleStore store;
  private final UsageStore usages;
  private final RuleBook book;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public RuleWriting(
      RuleStore store, UsageStore usages, RuleBook book, InstantSource clock, Supplier<UUID> ids) {
    this.store = store;
    this.usages = usages;
    this.book = book;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome create(Draft draft, RuleStatus status, @Nullable KeyedCall<KeptRule> call) {
    RuleId id = RuleId.of(ids.get());
    if (status == RuleStatus.ACTIVE && isFullFor(rule(id, draft.definition()))) {
      return new Outcome.Full();
    }
    return outcome(() -> store.create(id, status, writing(draft), call));
  }

  @Override
  public Outcome replace(RuleId id, int revision, Draft draft) {
    boolean inForce = book.current().find(id) != null;
    if (inForce && isFullFor(rule(id, draft.definition()))) {
      return new Outcome.Full();
    }
    return outcome(() -> store.replace(id, revision, writing(draft)));
  }

  @Override
  public Outcome move(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      @Nullable KeyedCall<KeptRule> call) {
    if (status == RuleStatus.ACTIVE
        && store.find(id).filter(kept -> isFullFor(kept.toRule())).isPresent()) {
      return new Outcome.Full();
    }
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return outcome(() -> store.move(id, revision, status, at, call));
  }

  @Override
  public Optional<KeptRule> find(RuleId id) {
    return store.find(id);
  }

  @Override
  public Page list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    // One more than asked for tells whether there is a next page.
    List<KeptRule> found = store.list(after, status, limit + 1);
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    List<KeptRule> page = found.subList(0, limit);
    return new Page(page, page.getLast().id());
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return store.versions(id);
  }

  @Override
  public Optional<RuleUsage> usage(RuleId id) {
    return store.find(id).map(rule -> usages.of(rule.id()));
  }

  @Override
  public List<Finding> check(List<Proposal> proposals) {
    Set<RuleId> replaced = new HashSet<>();
    proposals.forEach(proposal -> replaced.add(proposal.replaced()));
    List<Rule> all = new ArrayList<>(book.current().rules());
    all.removeIf(rule -> replaced.contains(rule.id()));
    int inForce = all.size();
    for (Proposal proposal : proposals) {
      RuleId id = new RuleId("rules/" + (all.size() - inForce));
      all.add(rule(id, proposal.definition()));
    }
    return RuleChecks.of(all).stream()
        .filter(finding -> finding.rule() >= inForce)
        .map(finding -> at(finding, finding.rule() - inForce))
        .toList();
  }

  private static Finding at(Finding finding, int place) {
    return new Finding(
        place, finding.ruleId(), finding.pointer(), finding.code(), finding.detail());
  }

  private boolean isFullFor(Rule rule) {
    return !book.current().hasRoomFor(rule);
  }

  private static Rule rule(RuleId id, RuleDefinition definition) {
    return new Rule(id, 1, definition.code() != null, definition);
  }

  private Writing writing(Draft draft) {
    return new Writing(
        draft.notation(),
        draft.definition().code(),
        clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** What was changed is forgotten also when it is not known whether it was. */
  private Outcome outcome(Supplier<Change> change) {
    try {
      return switch (change.get()) {
        case Change.Done done -> new Outcome.Done(done.rule());
        case Change.Absent() -> new Outcome.Absent();
        case Change.Stale stale -> new Outcome.Stale();
        case Change.NotAllowed notAllowed -> new Outcome.NotAllowed(notAllowed.status());
        case Change.CodeTaken() -> new Outcome.CodeTaken();
        case Change.KeyTaken() -> new Outcome.KeyTaken();
      };
    } finally {
      book.forget();
    }
  }
}
