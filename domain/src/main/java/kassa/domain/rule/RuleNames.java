package kassa.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * Names of a rule.
 *
 * @param name the internal name; {@code null} if not given
 * @param label the label of its discounts for customers; {@code null} if not given
 */
public record RuleNames(@Nullable String name, @Nullable String label) {

  /** No names. */
  public static final RuleNames NONE = new RuleNames(null, null);
}
