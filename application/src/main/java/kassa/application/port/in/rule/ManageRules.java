package kassa.application.port.in.rule;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotentRequest;
import kassa.domain.json.JsonValue;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleLint.Finding;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.RuleUsage;
import org.jspecify.annotations.Nullable;

/**
 * Writes discount rules and leads them through their life. What is in force changes on this node at
 * once, and on every other within two seconds. {@value kassa.domain.pricing.RuleSet#MAX_RULES}
 * rules may be in force, with {@value kassa.domain.pricing.RuleSet#MAX_UNIT_EFFECTS} effects that
 * choose units. Every method throws {@link kassa.application.port.out.StoreUnavailableException}
 * when the answer cannot be had.
 */
public interface ManageRules {

  /** The most rules of one page. */
  int MAX_PAGE_SIZE = 200;

  /**
   * Writes a new rule.
   *
   * @param status {@link RuleStatus#DRAFT} or {@link RuleStatus#ACTIVE}
   * @param request the call that writes it, if that has a key; its answer is kept with the rule
   */
  Outcome create(Draft draft, RuleStatus status, @Nullable IdempotentRequest<StoredRule> request);

  /** Writes a new rule as above, for a call without a key. */
  default Outcome create(Draft draft, RuleStatus status) {
    return create(draft, status, null);
  }

  /** Gives a rule a new version. */
  Outcome replace(RuleId id, int revision, Draft draft);

  /**
   * Gives a rule another status.
   *
   * @param revision the revision that the sender knows; whichever there is if {@code null}
   * @param request the call that does so, if that has a key; its answer is kept with the status
   */
  Outcome changeStatus(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      @Nullable IdempotentRequest<StoredRule> request);

  /** Gives a rule another status as above, for a call without a key. */
  default Outcome changeStatus(RuleId id, @Nullable Integer revision, RuleStatus status) {
    return changeStatus(id, revision, status, null);
  }

  /** The rule of this id. */
  Optional<StoredRule> find(RuleId id);

  /** A page of the rules, in the order in which they were created. */
  Page list(@Nullable RuleId after, @Nullable RuleStatus status, int limit);

  /** All versions of a rule, the newest first; none if there is no such rule. */
  List<RuleVersion> versions(RuleId id);

  /** What has been used of a rule, if there is such a rule. */
  Optional<RuleUsage> usage(RuleId id);

  /**
   * What is allowed in these rules and surely not meant. They are looked at together, and with the
   * rules in force, as those that would be created last.
   */
  List<Finding> lint(List<Proposal> proposals);

  /**
   * A rule that is only looked at.
   *
   * @param replaced the rule in force that it would take the place of, if it would
   * @param definition what it says
   */
  record Proposal(@Nullable RuleId replaced, RuleDefinition definition) {}

  /**
   * A rule as it is written.
   *
   * @param definition what it says
   * @param definitionJson the same, as it was written
   */
  record Draft(RuleDefinition definition, JsonValue.JsonObject definitionJson) {}

  /**
   * Some rules, in their order.
   *
   * @param next the rule behind which the next page begins; {@code null} on the last page
   */
  record Page(List<StoredRule> rules, @Nullable RuleId next) {

    public Page {
      rules = List.copyOf(rules);
    }
  }

  /** What came of a change. */
  sealed interface Outcome {

    /**
     * It was done.
     *
     * @param rule the rule as it is now
     */
    record Done(StoredRule rule) implements Outcome {}

    /** There is no such rule. */
    record NotFound() implements Outcome {}

    /** Somebody else changed the rule before. */
    record VersionConflict() implements Outcome {}

    /**
     * The rule's status does not allow it.
     *
     * @param status its status
     */
    record StatusForbids(RuleStatus status) implements Outcome {}

    /** Another rule has this code. */
    record CodeTaken() implements Outcome {}

    /**
     * As many rules are in force as there may be, or as many of their effects that choose units.
     */
    record TooManyActiveRules() implements Outcome {}

    /** There is an answer under the key of the call already; nothing was changed. */
    record KeyTaken() implements Outcome {}
  }
}
