package kassa.adapters.http.message;

import java.util.regex.Pattern;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonNotation;
import kassa.application.port.in.IssueCodes;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Codes that are to be issued for a rule. */
public sealed interface IssueCodesRequest {

  /** The rule that they bring. */
  RuleId rule();

  /** The most orders that may use each; that of the rule if {@code null}. */
  @Nullable Long limit();

  /**
   * A code of the sender's choice.
   *
   * @param code the code
   */
  record Chosen(RuleId rule, Code code, @Nullable Long limit) implements IssueCodesRequest {}

  /**
   * Codes that are to be generated.
   *
   * @param count how many
   * @param prefix what each begins with; may be empty
   */
  record Generated(RuleId rule, int count, String prefix, @Nullable Long limit)
      implements IssueCodesRequest {}

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return what is to be issued; {@code null} if anything is wrong
   */
  static @Nullable IssueCodesRequest read(JsonNode body, Faults faults) {
    Flaws flaws = new Flaws();
    FieldReader fields = new FieldReader(JsonNotation.of(body), "", flaws);
    RuleId rule = fields.requiredText("ruleId", RuleId::parse);
    Code code = fields.optionalText("code", Code::new);
    Long count = fields.optionalWhole("count", 1, IssueCodes.MOST_AT_ONCE);
    String prefix = fields.optionalText("prefix", IssueCodesRequest::prefix);
    Long limit = limit(fields.optionalObject("limits"));
    refuseUnlessOneOfBoth(fields);
    fields.refuseOthers();
    faults.addAll(flaws);
    if (rule == null || !flaws.isEmpty()) {
      return null;
    }
    if (code != null) {
      return new Chosen(rule, code, limit);
    }
    return count == null
        ? null
        : new Generated(rule, count.intValue(), prefix == null ? "" : prefix, limit);
  }

  private static @Nullable Long limit(@Nullable FieldReader limits) {
    if (limits == null) {
      return null;
    }
    Long perCode = limits.optionalWhole("perCode", 1, RuleReader.MOST_USES);
    limits.refuseOthers();
    return perCode;
  }

  private static void refuseUnlessOneOfBoth(FieldReader fields) {
    boolean chosen = fields.has("code");
    if (chosen == fields.has("count")) {
      fields
          .flaws()
          .invalid(
              fields.at(chosen ? "count" : "code"),
              chosen ? "repeated" : "missing_field",
              "exactly one of code, count must be given");
    } else if (chosen && fields.has("prefix")) {
      fields
          .flaws()
          .invalid(
              fields.at("prefix"), "out_of_range", "prefix must be left out when code is given");
    }
  }

  private static String prefix(String text) {
    if (text.length() > IssueCodes.LONGEST_PREFIX) {
      throw new InvalidValueException(
          Reason.TOO_LONG, "prefix must have at most " + IssueCodes.LONGEST_PREFIX + " characters");
    }
    if (!Pattern.matches("[A-Za-z0-9-]*", text)) {
      throw new InvalidValueException(
          Reason.MALFORMED, "prefix must be of the letters A to Z and a to z, digits and hyphens");
    }
    return text;
  }
}
