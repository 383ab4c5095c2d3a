package kassa.application.internal.access;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.IssueCodes;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** The codes, for somebody who may see them and not issue them. */
public final class CodesToRead implements IssueCodes {

  private final IssueCodes codes;
  private final Access access;
  private final Caller caller;

  public CodesToRead(IssueCodes codes, Access access, Caller caller) {
    this.codes = codes;
    this.access = access;
    this.caller = caller;
  }

  @Override
  public Outcome issue(
      RuleId rule, Code code, @Nullable Long limit, @Nullable KeyedCall<List<Code>> call) {
    throw access.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Outcome generate(
      RuleId rule,
      int count,
      String prefix,
      @Nullable Long limit,
      @Nullable KeyedCall<List<Code>> call) {
    throw access.denied(caller, Permission.WRITE_RULES);
  }

  @Override
  public Optional<CodeState> find(Code code) {
    return codes.find(code);
  }

  @Override
  public Page list(@Nullable String after, @Nullable RuleId rule, int limit) {
    return codes.list(after, rule, limit);
  }
}
