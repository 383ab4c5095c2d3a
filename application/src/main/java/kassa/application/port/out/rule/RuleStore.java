package kassa.application.port.out.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.json.JsonValue;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleChange;
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
   * Returns a store whose changes have events with this actor.
   *
   * @param actor the name of the caller; {@code null} if unknown
   */
  default RuleStore by(@Nullable String actor) {
    return this;
  }

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
   * @param idempotencyRecord the idempotency record to store in the same transaction; {@code null}
   *     if the request has no idempotency key
   * @return {@link RuleChange.Done} or {@link RuleChange.CodeTaken}
   * @throws IdempotencyKeyTakenException if an idempotency record exists under the key
   */
  RuleChange create(
      RuleId id,
      RuleStatus status,
      RuleContent content,
      @Nullable IdempotencyRecord idempotencyRecord);

  /**
   * Replaces the definition of a rule, which increments its version and revision. A code of the old
   * definition that the new one does not contain is deleted.
   *
   * @param revision the expected revision (optimistic locking)
   */
  RuleChange replace(RuleId id, int revision, RuleContent content);

  /**
   * Changes the status of a rule, which increments its revision.
   *
   * @param revision the expected revision (optimistic locking)
   * @param status an allowed next status; a change to the current status succeeds and changes
   *     nothing
   * @param idempotencyRecord the idempotency record to store in the same transaction; {@code null}
   *     if the request has no idempotency key
   * @throws IdempotencyKeyTakenException if an idempotency record exists under the key
   */
  RuleChange changeStatus(
      RuleId id,
      int revision,
      RuleStatus status,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord);

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
}
