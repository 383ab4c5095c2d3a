package kassa.adapters.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.Secured;
import kassa.application.port.in.Slice;
import kassa.application.port.in.rule.ManageRules;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleLint.Finding;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import org.jspecify.annotations.Nullable;

/**
 * Rule management whose lint returns fixed findings.
 *
 * @param rules handles all other operations
 * @param findings findings that lint returns
 * @param checkedProposals receives the proposals that were checked
 */
public record FixedLintFindings(
    ManageRules rules, List<Finding> findings, List<Proposal> checkedProposals)
    implements ManageRules {

  /** Starts a server whose rule lint returns these findings. */
  public static TestServer serverWithFindings(
      List<Finding> findings, List<Proposal> checkedProposals) {
    return TestServer.startReplacing(useCases -> {
      Secured<ManageRules> replacement =
          caller ->
              new FixedLintFindings(
                  useCases.rules().manageRules().as(caller), findings, checkedProposals);
      return UseCaseOverrides.replace(useCases, Map.of("manageRules", replacement));
    });
  }

  @Override
  public List<Finding> lint(List<Proposal> proposals) {
    checkedProposals.addAll(proposals);
    return findings;
  }

  @Override
  public ManageRules recording(Recording<StoredRule> recording) {
    return new FixedLintFindings(rules.recording(recording), findings, checkedProposals);
  }

  @Override
  public Outcome create(Draft draft, RuleStatus status) {
    return rules.create(draft, status);
  }

  @Override
  public Outcome replace(RuleId id, int revision, Draft draft) {
    return rules.replace(id, revision, draft);
  }

  @Override
  public Outcome changeStatus(RuleId id, @Nullable Integer revision, RuleStatus status) {
    return rules.changeStatus(id, revision, status);
  }

  @Override
  public Optional<StoredRule> find(RuleId id) {
    return rules.find(id);
  }

  @Override
  public Slice<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit) {
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
