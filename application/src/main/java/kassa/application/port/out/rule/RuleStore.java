package kassa.application.port.out.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.json.JsonValue;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import org.jspecify.annotations.Nullable;

/**
 * Rule store: rules, all of their versions, and the version of the rule set that the active rules
 * form. Thread-safe. Every method throws {@link StoreUnavailableException} when the store cannot be
 * used; an empty result always means that no such rule exists. A change is atomic, durable when the
 * method returns, and increments the version of the rule set in the same transaction.
 */
public interface RuleStore {

  /**
   * Returns the current version of the rule set, 1 or more; every change of a rule increments it by
   * one.
   */
  long ruleSetVersion();

  /** Returns the active rules and the version of their rule set, as a consistent snapshot. */
  ActiveRules readActiveRules();

  /**
   * Active rules.
   *
   * @param ruleSetVersion the version of the rule set
   * @param rules the active rules, in their order of creation
   */
  record ActiveRules(long ruleSetVersion, List<StoredRule> rules) {

    public ActiveRules {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Creates a rule with version 1 and revision 1, after all existing rules. A code in its
   * definition is stored with it.
   *
   * @param request the idempotent request, or {@code null} if it has no idempotency key; its
   *     response is stored in the same transaction as the rule
   * @return {@link ChangeResult.Done}, {@link ChangeResult.CodeTaken} or {@link
   *     ChangeResult.KeyTaken}
   */
  ChangeResult create(
      RuleId id,
      RuleStatus status,
      RuleContent content,
      @Nullable IdempotentRequest<StoredRule> request);

  /** Creates a rule, for a request without an idempotency key. */
  default ChangeResult create(RuleId id, RuleStatus status, RuleContent content) {
    return create(id, status, content, null);
  }

  /**
   * Replaces the definition of a rule, which increments its version and revision. A code of the old
   * definition that the new one does not contain is deleted.
   *
   * @param revision the expected revision (optimistic locking)
   */
  ChangeResult replace(RuleId id, int revision, RuleContent content);

  /**
   * Changes the status of a rule, which increments its revision.
   *
   * @param revision the expected revision (optimistic locking); {@code null} for any revision
   * @param status an allowed next status; a change to the current status succeeds and changes
   *     nothing
   * @param request the idempotent request, or {@code null} if it has no idempotency key; its
   *     response is stored in the same transaction as the change
   */
  ChangeResult changeStatus(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      Instant at,
      @Nullable IdempotentRequest<StoredRule> request);

  /** Changes the status of a rule, for a request without an idempotency key. */
  default ChangeResult changeStatus(
      RuleId id, @Nullable Integer revision, RuleStatus status, Instant at) {
    return changeStatus(id, revision, status, at, null);
  }

  /** Returns the current state of the rule with this id, or empty if it does not exist. */
  Optional<StoredRule> find(RuleId id);

  /**
   * Lists rules in their order of creation.
   *
   * @param after list rules after this one; {@code null} to start at the first
   * @param status only rules with this status; {@code null} for all
   * @param limit the maximum number of rules, 1 or more
   */
  List<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit);

  /** Returns all versions of a rule, newest first; an empty list if the rule does not exist. */
  List<RuleVersion> versions(RuleId id);

  /**
   * Stored content of a rule version.
   *
   * @param definitionJson the definition as JSON, as received; it is valid
   * @param code the code in the definition, or {@code null}
   * @param at the time of the change, to the microsecond
   */
  record RuleContent(JsonValue.JsonObject definitionJson, @Nullable Code code, Instant at) {}

  /** Result of a change. */
  sealed interface ChangeResult {

    /**
     * The change was stored.
     *
     * @param rule the stored rule after the change
     */
    record Done(StoredRule rule) implements ChangeResult {}

    /** No such rule exists. */
    record NotFound() implements ChangeResult {}

    /**
     * The rule has another revision: it was changed concurrently.
     *
     * @param revision the current revision
     */
    record VersionConflict(int revision) implements ChangeResult {}

    /**
     * The current status does not allow the change: an archived rule cannot be replaced, and not
     * every status transition is allowed.
     *
     * @param status the current status
     */
    record StatusForbids(RuleStatus status) implements ChangeResult {}

    /** The code belongs to another rule. */
    record CodeTaken() implements ChangeResult {}

    /** An idempotency record exists under the key of the request; nothing was changed. */
    record KeyTaken() implements ChangeResult {}
  }
}
