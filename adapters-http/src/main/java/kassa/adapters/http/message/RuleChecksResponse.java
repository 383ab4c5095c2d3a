package kassa.adapters.http.message;

import java.util.List;
import kassa.domain.rule.RuleChecks;

/**
 * What is allowed in rules and surely not meant.
 *
 * @param findings each of it
 */
public record RuleChecksResponse(List<Finding> findings) {

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
  public static RuleChecksResponse of(RuleChecksRequest rules, List<RuleChecks.Finding> findings) {
    return new RuleChecksResponse(
        findings.stream().map(finding -> finding(rules, finding)).toList());
  }

  private static Finding finding(RuleChecksRequest rules, RuleChecks.Finding finding) {
    return new Finding(
        finding.rule(),
        rules.pointerTo(finding.rule()) + finding.pointer(),
        finding.code(),
        finding.detail());
  }
}
