package kassa.application.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.out.RuleStore;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import org.jspecify.annotations.Nullable;

/** A store that passes everything on, for those that change a little of it. */
abstract class ForwardingRuleStore implements RuleStore {

  private final RuleStore store;

  ForwardingRuleStore(RuleStore store) {
    this.store = store;
  }

  @Override
  public long setVersion() {
    return store.setVersion();
  }

  @Override
  public ActiveRules active() {
    return store.active();
  }

  @Override
  public Change create(
      RuleId id, RuleStatus status, Writing writing, @Nullable KeyedCall<KeptRule> call) {
    return store.create(id, status, writing, call);
  }

  @Override
  public Change replace(RuleId id, int revision, Writing writing) {
    return store.replace(id, revision, writing);
  }

  @Override
  public Change move(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      Instant at,
      @Nullable KeyedCall<KeptRule> call) {
    return store.move(id, revision, status, at, call);
  }

  @Override
  public Optional<KeptRule> find(RuleId id) {
    return store.find(id);
  }

  @Override
  public List<KeptRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    return store.list(after, status, limit);
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return store.versions(id);
  }
}
