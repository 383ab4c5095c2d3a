package kassa.adapters.http.rule;

import java.util.List;
import kassa.domain.rule.RuleLint;

/**
 * What is allowed in rules and surely not meant.
 *
 * @param findings each of it
 */
public record RuleLintResponse(List<Finding> findings) {

  /**
   * Something that is surely not meant.
   *
   * @param rule the place of the rule among those that were sent, from 0
   * @param pointer where in the body, as a JSON pointer (RFC 6901)
   * @param code what it is, for programs
   * @param detail what it is, for people
   */
  public record Finding(int rule, String pointer, String code, String detail) {}

  /** Writes down what was found in these rules. */
  public static RuleLintResponse of(RuleLintRequest rules, List<RuleLint.Finding> findings) {
    return new RuleLintResponse(findings.stream().map(finding -> finding(rules, finding)).toList());
  }

  private static Finding finding(RuleLintRequest rules, RuleLint.Finding finding) {
    return new Finding(
        finding.rule(),
        rules.pointerTo(finding.rule()) + finding.pointer(),
        finding.code(),
        finding.detail());
  }
}
