package kassa.application.internal.access;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.WriteRules;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleChecks.Finding;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import org.jspecify.annotations.Nullable;

/** The rules, for somebody who may see them and not write them. */
public final class RulesToRead implements WriteRules {

  private final WriteRules rules;
  private final Access access;
  private final Caller caller;

  public RulesToRead(WriteRules rules, Access access, Caller caller) {
    this.rules = rules;
    this.access = access;
    this.caller = caller;
  }

  @Override
  public Outcome create(Draft draft, RuleStatus status, @Nullable KeyedCall<KeptRule> call) {
    throw access.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Outcome replace(RuleId id, int revision, Draft draft) {
    throw access.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Outcome move(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      @Nullable KeyedCall<KeptRule> call) {
    throw access.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Optional<KeptRule> find(RuleId id) {
    return rules.find(id);
  }

  @Override
  public Page list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    return rules.list(after, status, limit);
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return rules.versions(id);
  }

  @Override
  public Optional<RuleUsage> usage(RuleId id) {
    return rules.usage(id);
  }

  @Override
  public List<Finding> check(List<Proposal> proposals) {
    return rules.check(proposals);
  }
}
