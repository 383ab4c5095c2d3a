package kassa.application.internal.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.rule.RuleStore;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import org.jspecify.annotations.Nullable;

/** Rule store that forwards every call, for test stores that override some methods. */
abstract class ForwardingRuleStore implements RuleStore {

  private final RuleStore store;

  ForwardingRuleStore(RuleStore store) {
    this.store = store;
  }

  @Override
  public long ruleSetVersion() {
    return store.ruleSetVersion();
  }

  @Override
  public ActiveRules readActiveRules() {
    return store.readActiveRules();
  }

  @Override
  public RuleChange create(
      RuleId id,
      RuleStatus status,
      RuleContent content,
      @Nullable IdempotencyRecord idempotencyRecord) {
    return store.create(id, status, content, idempotencyRecord);
  }

  @Override
  public RuleChange replace(RuleId id, int revision, RuleContent content) {
    return store.replace(id, revision, content);
  }

  @Override
  public RuleChange changeStatus(
      RuleId id,
      int revision,
      RuleStatus status,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord) {
    return store.changeStatus(id, revision, status, at, idempotencyRecord);
  }

  @Override
  public Optional<StoredRule> find(RuleId id) {
    return store.find(id);
  }

  @Override
  public List<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    return store.list(after, status, limit);
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return store.versions(id);
  }
}
