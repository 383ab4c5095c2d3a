package kassa.domain.rule;

/** Result of a change of a rule. */
public sealed interface RuleChange {

  /**
   * The change was stored.
   *
   * @param rule the stored rule after the change
   */
  record Done(StoredRule rule) implements RuleChange {}

  /** No such rule exists. */
  record NotFound() implements RuleChange {}

  /**
   * The rule has another revision: it was changed concurrently.
   *
   * @param revision the current revision
   */
  record VersionConflict(int revision) implements RuleChange {}

  /**
   * The current status does not allow the change: an archived rule cannot be replaced, and not
   * every status transition is allowed.
   *
   * @param status the current status
   */
  record StatusForbids(RuleStatus status) implements RuleChange {}

  /** The code belongs to another rule. */
  record CodeTaken() implements RuleChange {}
}
