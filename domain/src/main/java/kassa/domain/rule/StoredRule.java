package kassa.domain.rule;

import java.time.Instant;
import kassa.domain.json.JsonValue;

/**
 * A rule as it is kept.
 *
 * @param id names it through all its versions
 * @param version 1 or more, one higher with each new definition
 * @param revision 1 or more, one higher with each change, of its definition or of its status
 * @param status how far it has come
 * @param needsCode whether it applies only to those who enter a code for it
 * @param definitionJson what it says, as it was written
 * @param definition what it says
 * @param createdAt when it was written first, to the microsecond
 * @param updatedAt when it last changed, to the microsecond
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

  /** The rule as carts are priced under it. */
  public Rule toRule() {
    return new Rule(id, version, needsCode, definition);
  }
}
