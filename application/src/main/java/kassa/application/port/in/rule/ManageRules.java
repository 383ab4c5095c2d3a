package kassa.application.port.in.rule;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.Slice;
import kassa.domain.json.JsonValue;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleLint.Finding;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import org.jspecify.annotations.Nullable;

/**
 * Creates, replaces and lists discount rules, and changes their status. Changes of the active rules
 * take effect immediately on this node, and within two seconds on every other node. At most {@value
 * kassa.domain.pricing.RuleSet#MAX_RULES} rules can be active, with at most {@value
 * kassa.domain.pricing.RuleSet#MAX_UNIT_EFFECTS} effects that select units. Every method throws
 * {@link kassa.application.port.out.StoreUnavailableException} when the store cannot be read or
 * written.
 */
public interface ManageRules {

  /**
   * Creates a rule.
   *
   * @param draft the definition of the rule
   * @param status {@link RuleStatus#DRAFT} or {@link RuleStatus#ACTIVE}
   */
  Outcome create(Draft draft, RuleStatus status);

  /**
   * Replaces the definition of a rule, which creates a new version.
   *
   * @param revision the revision that the caller has read
   */
  Outcome replace(RuleId id, int revision, Draft draft);

  /**
   * Changes the status of a rule.
   *
   * @param revision the revision that the caller has read; {@code null} for any revision
   */
  Outcome changeStatus(RuleId id, @Nullable Integer revision, RuleStatus status);

  /** Returns this use case with an idempotency record of each new rule or changed status. */
  ManageRules recording(Recording<StoredRule> recording);

  /** Returns the rule with this id, or empty if it does not exist. */
  Optional<StoredRule> find(RuleId id);

  /**
   * Lists rules in their order of creation (keyset pagination).
   *
   * @param after list rules after this one; {@code null} to start at the first rule
   * @param status only rules with this status; {@code null} for all
   * @param limit 1 to {@value Slice#MAX_SIZE}
   */
  Slice<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit);

  /** Returns all versions of a rule, newest first; an empty list if the rule does not exist. */
  List<RuleVersion> versions(RuleId id);

  /** Returns the usage of a rule, or empty if the rule does not exist. */
  Optional<RuleUsage> usage(RuleId id);

  /**
   * Lints rules: finds definitions that are valid, but probably not intended. The proposals are
   * checked together with each other and with the active rules, as if they were created last.
   */
  List<Finding> lint(List<Proposal> proposals);

  /**
   * Proposed rule to lint.
   *
   * @param replaced the active rule that the proposal would replace; {@code null} for a new rule
   * @param definition the definition
   */
  record Proposal(@Nullable RuleId replaced, RuleDefinition definition) {}

  /**
   * Definition of a rule to store.
   *
   * @param definition the parsed definition
   * @param definitionJson the same definition as JSON, as received
   */
  record Draft(RuleDefinition definition, JsonValue.JsonObject definitionJson) {}

  /** Outcome of a change. */
  sealed interface Outcome {

    /**
     * The change was made, or refused by the state of the rules.
     *
     * @param change the result
     */
    record Decided(RuleChange change) implements Outcome {}

    /** The maximum number of active rules, or of their effects that select units, is reached. */
    record TooManyActiveRules() implements Outcome {}
  }
}
