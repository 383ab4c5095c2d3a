package kassa.application.internal.rule;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.Recording;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.Slice;
import kassa.application.port.in.rule.ManageCodes;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/** Permission decorator of coupon codes for callers who may read, but not issue them. */
public final class SecuredManageCodes implements ManageCodes {

  private final ManageCodes delegate;
  private final Authorization authorization;
  private final Caller caller;

  public SecuredManageCodes(ManageCodes delegate, Authorization authorization, Caller caller) {
    this.delegate = delegate;
    this.authorization = authorization;
    this.caller = caller;
  }

  /** Secures the codes for every caller: reading and writing need different permissions. */
  public static Secured<ManageCodes> secure(
      Secured<ManageCodes> codes, Authorization authorization) {
    return authorization.requiring(
        Permission.READ_RULES,
        caller ->
            caller.hasPermission(Permission.WRITE_RULES)
                ? codes.as(caller)
                : new SecuredManageCodes(codes.as(caller), authorization, caller));
  }

  @Override
  public ManageCodes recording(Recording<List<Code>> recording) {
    return this;
  }

  @Override
  public Outcome issue(RuleId rule, Code code, @Nullable Long limit) {
    throw authorization.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Outcome generate(RuleId rule, int count, String prefix, @Nullable Long limit) {
    throw authorization.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Optional<CodeState> find(Code code) {
    return delegate.find(code);
  }

  @Override
  public Slice<StoredCode> list(@Nullable String after, @Nullable RuleId rule, int limit) {
    return delegate.list(after, rule, limit);
  }
}
