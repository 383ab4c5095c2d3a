package kassa.domain.pricing;

import java.util.List;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * A discount rule, in one of its versions.
 *
 * @param id names the rule through all its versions
 * @param version 1 or more, one higher with each change
 * @param effects what it does, in this order, each on what the one before it left; at least one
 */
public record Rule(RuleId id, int version, List<Effect> effects) {

  /**
   * @throws InvalidValueException if the version is below one or there is no effect
   */
  public Rule {
    effects = List.copyOf(effects);
    if (version < 1) {
      throw new InvalidValueException(Reason.OUT_OF_RANGE, "version must be 1 or more");
    }
    if (effects.isEmpty()) {
      throw new InvalidValueException(Reason.EMPTY, "effects must hold at least one effect");
    }
  }
}
