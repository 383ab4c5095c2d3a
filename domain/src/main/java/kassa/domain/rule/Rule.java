package kassa.domain.rule;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * A discount rule, in one of its versions, as carts are priced under it.
 *
 * @param id names the rule through all its versions
 * @param version 1 or more, one higher with each change
 * @param needsCode whether it applies only to those who enter a code for it
 * @param definition what it says
 */
public record Rule(RuleId id, int version, boolean needsCode, RuleDefinition definition) {

  /**
   * @throws InvalidValueException if the version is below one
   */
  public Rule {
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
  }

  /** What the buyer is told a discount is: the label, else the name, else the id. */
  public String label() {
    if (definition.label() != null) {
      return definition.label();
    }
    return definition.name() != null ? definition.name() : id.value();
  }
}
