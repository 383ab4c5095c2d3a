package kassa.application.internal.rule;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.Recording;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.Slice;
import kassa.application.port.in.rule.ManageRules;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleLint.Finding;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import org.jspecify.annotations.Nullable;

/** Permission decorator of rules for callers who may read, but not write them. */
public final class SecuredManageRules implements ManageRules {

  private final ManageRules delegate;
  private final Authorization authorization;
  private final Caller caller;

  public SecuredManageRules(ManageRules delegate, Authorization authorization, Caller caller) {
    this.delegate = delegate;
    this.authorization = authorization;
    this.caller = caller;
  }

  /** Secures the rules for every caller: reading and writing need different permissions. */
  public static Secured<ManageRules> secure(
      Secured<ManageRules> rules, Authorization authorization) {
    return authorization.requiring(
        Permission.READ_RULES,
        caller ->
            caller.hasPermission(Permission.WRITE_RULES)
                ? rules.as(caller)
                : new SecuredManageRules(rules.as(caller), authorization, caller));
  }

  @Override
  public ManageRules recording(Recording<StoredRule> recording) {
    return this;
  }

  @Override
  public Outcome create(Draft draft, RuleStatus status) {
    throw authorization.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Outcome replace(RuleId id, int revision, Draft draft) {
    throw authorization.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Outcome changeStatus(RuleId id, @Nullable Integer revision, RuleStatus status) {
    throw authorization.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Optional<StoredRule> find(RuleId id) {
    return delegate.find(id);
  }

  @Override
  public Slice<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    return delegate.list(after, status, limit);
  }

  @Override
  public List<RuleVersion> versions(RuleId id) {
    return delegate.versions(id);
  }

  @Override
  public Optional<RuleUsage> usage(RuleId id) {
    return delegate.usage(id);
  }

  @Override
  public List<Finding> lint(List<Proposal> proposals) {
    return delegate.lint(proposals);
  }
}
