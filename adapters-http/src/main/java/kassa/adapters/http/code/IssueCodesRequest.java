package kassa.adapters.http.code;

import java.util.regex.Pattern;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.application.port.in.rule.ManageCodes;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
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
    Violations flaws = new Violations();
    JsonObjectReader fields = new JsonObjectReader(JsonValueConverter.toJsonValue(body), "", flaws);
    RuleId rule = fields.requiredText("ruleId", RuleId::parse);
    Code code = fields.optionalText("code", Code::new);
    Long count = fields.optionalInteger("count", 1, ManageCodes.MAX_BATCH_SIZE);
    String prefix = fields.optionalText("prefix", IssueCodesRequest::prefix);
    Long limit = limit(fields.optionalObject("limits"));
    requireCodeOrCount(fields);
    fields.rejectUnknownFields();
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

  private static @Nullable Long limit(@Nullable JsonObjectReader limits) {
    if (limits == null) {
      return null;
    }
    Long perCode = limits.optionalInteger("perCode", 1, RuleReader.MAX_USES);
    limits.rejectUnknownFields();
    return perCode;
  }

  private static void requireCodeOrCount(JsonObjectReader fields) {
    boolean chosen = fields.has("code");
    if (chosen == fields.has("count")) {
      fields
          .violations()
          .addInvalid(
              fields.pointerTo(chosen ? "count" : "code"),
              chosen ? "repeated" : "missing_field",
              "exactly one of code, count must be given");
    } else if (chosen && fields.has("prefix")) {
      fields
          .violations()
          .addInvalid(
              fields.pointerTo("prefix"),
              "out_of_range",
              "prefix must be left out when code is given");
    }
  }

  private static String prefix(String text) {
    if (text.length() > ManageCodes.MAX_PREFIX_LENGTH) {
      throw new InvalidValueException(
          Reason.TOO_LONG,
          "prefix must have at most " + ManageCodes.MAX_PREFIX_LENGTH + " characters");
    }
    if (!Pattern.matches("[A-Za-z0-9-]*", text)) {
      throw new InvalidValueException(
          Reason.MALFORMED, "prefix must be of the letters A to Z and a to z, digits and hyphens");
    }
    return text;
  }
}
