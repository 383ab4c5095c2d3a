package kassa.adapters.http.pricing;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;

/** Outcome of one rule in the pricing trace. */
public sealed interface TraceEntryResponse {

  /**
   * The rule applied.
   *
   * @param outcome {@code applied}
   * @param code the code that applied the rule; {@code null} if it needs none
   * @param amount total discount of the rule
   * @param lines discount per line
   * @param shipping discount on shipping
   * @param dropped discount that price floors and prices did not allow
   */
  record AppliedRule(
      String ruleId,
      int ruleVersion,
      String label,
      String outcome,
      @Nullable String code,
      String amount,
      List<Share> lines,
      String shipping,
      String dropped)
      implements TraceEntryResponse {}

  /**
   * Discount of a rule on one line.
   *
   * @param line index of the line, from 0
   * @param amount the discount, above zero
   */
  record Share(int line, String amount) {}

  /**
   * The rule did not apply.
   *
   * @param outcome {@code skipped}
   * @param reason the reason
   * @param path the first failed condition, as a JSON pointer into the rule
   * @param expected the expected value of that condition
   * @param found the actual value
   */
  record SkippedRule(
      String ruleId,
      int ruleVersion,
      String label,
      String outcome,
      String reason,
      @Nullable String path,
      @Nullable String expected,
      @Nullable String found)
      implements TraceEntryResponse {}

  /** Converts a trace to its response. */
  static List<TraceEntryResponse> of(List<RuleTrace> trace) {
    return trace.stream().map(TraceEntryResponse::of).toList();
  }

  private static TraceEntryResponse of(RuleTrace trace) {
    return switch (trace.outcome()) {
      case RuleOutcome.Applied applied ->
          new AppliedRule(
              trace.rule().toString(),
              trace.version(),
              trace.label(),
              "applied",
              applied.code() == null ? null : applied.code().value(),
              applied.amount().toPlainString(),
              applied.lines().stream()
                  .map(share -> new Share(share.line(), share.amount().toPlainString()))
                  .toList(),
              applied.shipping().toPlainString(),
              applied.unapplied().toPlainString());
      case RuleOutcome.Skipped skipped ->
          new SkippedRule(
              trace.rule().toString(),
              trace.version(),
              trace.label(),
              "skipped",
              EnumNames.of(skipped.reason()),
              skipped.path(),
              skipped.expected(),
              skipped.found());
    };
  }
}
