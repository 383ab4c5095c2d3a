package kassa.adapters.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.WriteRules;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleChecks.Finding;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import org.jspecify.annotations.Nullable;

/**
 * Rules of which it is settled what is found in them.
 *
 * @param rules does everything else
 * @param findings what is found
 * @param asked takes what was asked of
 */
record FoundFindings(WriteRules rules, List<Finding> findings, List<Proposal> asked)
    implements WriteRules {

  /** A server that finds this. */
  static TestServer server(List<Finding> findings, List<Proposal> asked) {
    return TestServer.with(whole -> {
      ByCaller<WriteRules> found =
          caller -> new FoundFindings(whole.writeRules().by(caller), findings, asked);
      return Replaced.in(whole, Map.of("writeRules", found));
    });
  }

  @Override
  public List<Finding> check(List<Proposal> proposals) {
    asked.addAll(proposals);
    return findings;
  }

  @Override
  public Outcome create(Draft draft, RuleStatus status, @Nullable KeyedCall<KeptRule> call) {
    return rules.create(draft, status, call);
  }

  @Override
  public Outcome replace(RuleId id, int revision, Draft draft) {
    return rules.replace(id, revision, draft);
  }

  @Override
  public Outcome move(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      @Nullable KeyedCall<KeptRule> call) {
    return rules.move(id, revision, status, call);
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
}
