package kassa.adapters.http.code;

import java.util.List;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Codes that were generated.
 *
 * @param ruleId the rule that they bring
 * @param limits how often each may be used; as the rule has it if {@code null}
 * @param count how many there are
 * @param codes the codes
 */
public record IssuedCodesResponse(
    String ruleId, @Nullable CodeLimitsResponse limits, int count, List<String> codes) {

  /** Writes down codes. */
  public static IssuedCodesResponse of(List<Code> codes, RuleId rule, @Nullable Long limit) {
    return new IssuedCodesResponse(
        rule.toString(),
        CodeLimitsResponse.of(limit),
        codes.size(),
        codes.stream().map(Code::value).toList());
  }
}
