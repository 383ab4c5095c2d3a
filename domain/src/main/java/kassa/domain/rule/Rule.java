package kassa.domain.rule;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Version of a discount rule, as the pricing engine uses it.
 *
 * @param id the id of the rule, the same for all versions
 * @param version 1 or more, incremented with each new definition
 * @param needsCode whether the rule applies only with a code
 * @param definition the definition
 */
public record Rule(RuleId id, int version, boolean needsCode, RuleDefinition definition) {

  /**
   * Validates the version.
   *
   * @throws InvalidValueException if the version is below one
   */
  public Rule {
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
  }

  /** Returns the label of discounts for customers: the label, or else the name, or else the id. */
  public String label() {
    if (definition.names().label() != null) {
      return definition.names().label();
    }
    return definition.names().name() != null ? definition.names().name() : id.value();
  }
}
