package kassa.adapters.http.rule;

import java.util.List;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.application.port.in.rule.ManageRules.Proposal;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rules to lint.
 *
 * @param proposals the definitions, and the rules that they would replace
 * @param single whether the body is a single rule instead of a list
 */
public record RuleLintRequest(List<Proposal> proposals, boolean single) {

  /** Maximum number of rules per request. */
  public static final int MAX_RULES = 1_000;

  /**
   * Reads a list of rules or a single rule.
   *
   * @param violations collects the violations
   * @return the rules; {@code null} if there are violations
   */
  public static @Nullable RuleLintRequest read(JsonNode body, Violations violations) {
    boolean single = !body.has("rules");
    List<Proposal> proposals =
        single
            ? readSingle(JsonValueConverter.toJsonValue(body), violations)
            : readList(JsonValueConverter.toJsonValue(body), violations);
    return proposals == null || !violations.isEmpty()
        ? null
        : new RuleLintRequest(proposals, single);
  }

  /** Returns the JSON pointer of a rule in the body (RFC 6901). */
  public String pointerTo(int rule) {
    return single ? "" : "/rules/" + rule;
  }

  private static @Nullable List<Proposal> readSingle(JsonValue json, Violations violations) {
    Proposal proposal = readProposal(json, "", violations);
    return proposal == null ? null : List.of(proposal);
  }

  private static @Nullable List<Proposal> readList(JsonValue json, Violations violations) {
    JsonObjectReader fields = new JsonObjectReader(json, "", violations);
    List<Proposal> proposals =
        fields.requiredNonEmptyList(
            "rules", MAX_RULES, (node, at) -> readProposal(node, at, violations));
    fields.rejectUnknownFields();
    return proposals;
  }

  private static @Nullable Proposal readProposal(JsonInput json, String at, Violations violations) {
    if (violations.count() >= Violations.MAX_REPORTED) {
      // The maximum number of violations is reached: further rules cannot be reported, so they are
      // skipped.
      return null;
    }
    JsonObjectReader fields = new JsonObjectReader(json, at, violations);
    RuleDefinition definition = RuleRequest.definition(json, fields);
    RuleId replaced = fields.optionalText("id", RuleId::new);
    // A rule may be sent as it was returned; its metadata is ignored.
    RuleResponse.METADATA_FIELDS.forEach(fields::value);
    fields.rejectUnknownFields();
    return definition == null ? null : new Proposal(replaced, definition);
  }
}
