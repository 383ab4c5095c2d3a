package kassa.domain.rule;

import java.util.List;

/** Tells what is allowed in rules and surely not meant. */
public final class RuleChecks {

  private RuleChecks() {}

  /** Something that is surely not meant. */
  public record Finding(int rule, RuleId ruleId, String pointer, String code, String detail) {}

  /** What is surely not meant. */
  public static List<Finding> of(List<Rule> rules) {
    return List.of();
  }
}
