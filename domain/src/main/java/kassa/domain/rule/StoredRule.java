package kassa.domain.rule;

import java.time.Instant;
import kassa.domain.json.JsonValue;

/**
 * Stored rule.
 *
 * @param id the id of the rule, the same for all versions
 * @param version 1 or more, incremented with each new definition
 * @param revision 1 or more, incremented with each change of the definition or the status
 * @param status the status
 * @param needsCode whether the rule applies only with a code
 * @param definitionJson the definition as the client sent it
 * @param definition the definition
 * @param createdAt the time of creation, to the microsecond
 * @param updatedAt the time of the last change, to the microsecond
 */
public record StoredRule(
    RuleId id,
    int version,
    int revision,
    RuleStatus status,
    boolean needsCode,
    JsonValue.JsonObject definitionJson,
    RuleDefinition definition,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * Creates a rule: version 1 and revision 1.
   *
   * @param at the time of creation, to the microsecond
   */
  public static StoredRule create(
      RuleId id,
      RuleStatus status,
      JsonValue.JsonObject definitionJson,
      RuleDefinition definition,
      Instant at) {
    return new StoredRule(
        id, 1, 1, status, definition.code() != null, definitionJson, definition, at, at);
  }

  /** Returns the rule after a change of its status; the same rule if it has this status. */
  public StoredRule withStatus(RuleStatus other, Instant at) {
    return other == status
        ? this
        : new StoredRule(
            id, version, revision + 1, other, needsCode, definitionJson, definition, createdAt, at);
  }

  /** Returns the rule as the pricing engine uses it. */
  public Rule toRule() {
    return new Rule(id, version, needsCode, definition);
  }
}
