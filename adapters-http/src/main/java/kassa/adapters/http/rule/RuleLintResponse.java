package kassa.adapters.http.rule;

import java.util.List;
import kassa.domain.rule.RuleLint;

/**
 * Lint findings of rules.
 *
 * @param findings the findings
 */
public record RuleLintResponse(List<Finding> findings) {

  /**
   * Valid definition that is probably a mistake.
   *
   * @param rule index of the rule in the request, from 0
   * @param pointer location in the body, as a JSON pointer (RFC 6901)
   * @param code kind of finding, for programs
   * @param detail description, for people
   */
  public record Finding(int rule, String pointer, String code, String detail) {}

  /** Converts the findings of these rules to their response. */
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
