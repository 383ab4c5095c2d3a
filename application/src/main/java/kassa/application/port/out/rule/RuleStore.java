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
 * Keeps rules, all their versions, and the number of the set that those in force make.
 * Implementations may be called by any number of threads. Every method throws {@link
 * StoreUnavailableException} when the store cannot be asked; absence is never answered instead. A
 * change is durable when it is answered, is done whole or not at all, and raises the set's number
 * in the same transaction.
 */
public interface RuleStore {

  /** The number of the present set of rules, 1 or more: one higher with each change of a rule. */
  long ruleSetVersion();

  /** The rules in force and the number of the set that they make, both of one moment. */
  ActiveRules readActiveRules();

  /**
   * The rules in force.
   *
   * @param ruleSetVersion the number of the set
   * @param rules in the order in which they were created
   */
  record ActiveRules(long ruleSetVersion, List<StoredRule> rules) {

    public ActiveRules {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Keeps a new rule, in version and revision 1, behind all others. A code that it names is kept
   * with it.
   *
   * @param request the call that creates it, if that has a key; its answer is kept with the rule
   * @return {@link ChangeResult.Done}, {@link ChangeResult.CodeTaken} or {@link
   *     ChangeResult.KeyTaken}
   */
  ChangeResult create(
      RuleId id,
      RuleStatus status,
      RuleContent content,
      @Nullable IdempotentRequest<StoredRule> request);

  /** Keeps a new rule as above, for a call without a key. */
  default ChangeResult create(RuleId id, RuleStatus status, RuleContent content) {
    return create(id, status, content, null);
  }

  /**
   * Gives a rule a new definition, and with it the next version and revision. A code that the old
   * one named and the new one does not is not kept any longer.
   *
   * @param revision the revision that is to be replaced
   */
  ChangeResult replace(RuleId id, int revision, RuleContent content);

  /**
   * Gives a rule another status, and with it the next revision.
   *
   * @param revision the revision that is to be changed; whichever there is if {@code null}
   * @param status one that may come next; the same status is changed to itself without a word
   * @param request the call that changes it, if that has a key; its answer is kept with the change
   */
  ChangeResult changeStatus(
      RuleId id,
      @Nullable Integer revision,
      RuleStatus status,
      Instant at,
      @Nullable IdempotentRequest<StoredRule> request);

  /** Gives a rule another status as above, for a call without a key. */
  default ChangeResult changeStatus(
      RuleId id, @Nullable Integer revision, RuleStatus status, Instant at) {
    return changeStatus(id, revision, status, at, null);
  }

  /** The rule of this id, as it is now. */
  Optional<StoredRule> find(RuleId id);

  /**
   * Rules in the order in which they were created.
   *
   * @param after the rule behind which to begin; at the first if {@code null}
   * @param status only those of this status; of any if {@code null}
   * @param limit the most to return, 1 or more
   */
  List<StoredRule> list(@Nullable RuleId after, @Nullable RuleStatus status, int limit);

  /** All versions of a rule, the newest first; none if there is no such rule. */
  List<RuleVersion> versions(RuleId id);

  /**
   * What is written down of a rule.
   *
   * @param definitionJson its definition as it was written; it can be read
   * @param code the code that the definition names, if it does
   * @param at when, to the microsecond
   */
  record RuleContent(JsonValue.JsonObject definitionJson, @Nullable Code code, Instant at) {}

  /** What came of a change. */
  sealed interface ChangeResult {

    /**
     * It was done.
     *
     * @param rule the rule as it is kept now
     */
    record Done(StoredRule rule) implements ChangeResult {}

    /** There is no such rule. */
    record NotFound() implements ChangeResult {}

    /**
     * Somebody else changed the rule before.
     *
     * @param revision its revision now
     */
    record VersionConflict(int revision) implements ChangeResult {}

    /**
     * The rule's status does not allow it: an archived rule cannot be replaced, and not every
     * status may follow every other.
     *
     * @param status its status
     */
    record StatusForbids(RuleStatus status) implements ChangeResult {}

    /** Another rule has this code. */
    record CodeTaken() implements ChangeResult {}

    /** There is an answer under the key of the call already; nothing was changed. */
    record KeyTaken() implements ChangeResult {}
  }
}
