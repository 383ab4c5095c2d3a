package kassa.adapters.http.code;

import java.util.List;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Generated codes.
 *
 * @param ruleId the rule that the codes apply
 * @param limits usage limit of each code; {@code null} if the limit of the rule counts
 * @param count number of codes
 * @param codes the codes
 */
public record IssuedCodesResponse(
    String ruleId, @Nullable CodeLimitsResponse limits, int count, List<String> codes) {

  /** Converts codes to their response. */
  public static IssuedCodesResponse of(List<Code> codes, RuleId rule, @Nullable Long limit) {
    return new IssuedCodesResponse(
        rule.toString(),
        CodeLimitsResponse.of(limit),
        codes.size(),
        codes.stream().map(Code::value).toList());
  }
}
