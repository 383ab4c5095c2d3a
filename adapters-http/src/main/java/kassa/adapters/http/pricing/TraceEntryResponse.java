package kassa.adapters.http.pricing;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import org.jspecify.annotations.Nullable;

/** What became of one rule. */
public sealed interface TraceEntryResponse {

  /**
   * It applied.
   *
   * @param outcome {@code applied}
   * @param code the code that brought it, if one did
   * @param amount all that it took off
   * @param lines what it took off which lines
   * @param shipping what it took off shipping
   * @param dropped what it would have taken off if floors and prices had allowed it
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
   * What a rule took off one line.
   *
   * @param line the line's place, from 0
   * @param amount above zero
   */
  record Share(int line, String amount) {}

  /**
   * It did not apply.
   *
   * @param outcome {@code skipped}
   * @param reason why
   * @param path the first condition that failed, as a JSON pointer into the rule
   * @param expected what that condition wants
   * @param found what there was
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

  /** Writes a trace down. */
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
