package kassa.adapters.http.rule;

import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonValueConverter;
import kassa.application.port.in.rule.ManageRules.Proposal;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rules that are to be looked through.
 *
 * @param proposals what they say, and which rules they would take the place of
 * @param single whether it is one rule that was sent by itself
 */
public record RuleLintRequest(List<Proposal> proposals, boolean single) {

  /** The most rules that are looked through at once. */
  public static final int MAX_RULES = 1_000;

  /**
   * Reads a list of rules, or one by itself.
   *
   * @param faults takes all that is wrong with them
   * @return the rules; {@code null} if anything is wrong
   */
  public static @Nullable RuleLintRequest read(JsonNode body, Faults faults) {
    Violations flaws = new Violations();
    boolean alone = !body.has("rules");
    List<Proposal> proposals =
        alone
            ? readSingle(JsonValueConverter.toJsonValue(body), flaws)
            : readList(JsonValueConverter.toJsonValue(body), flaws);
    faults.addAll(flaws);
    return proposals == null || !flaws.isEmpty() ? null : new RuleLintRequest(proposals, alone);
  }

  /** The pointer of a rule in the body (RFC 6901). */
  public String pointerTo(int rule) {
    return single ? "" : "/rules/" + rule;
  }

  private static @Nullable List<Proposal> readSingle(JsonValue notation, Violations flaws) {
    Proposal proposal = readProposal(notation, "", flaws);
    return proposal == null ? null : List.of(proposal);
  }

  private static @Nullable List<Proposal> readList(JsonValue notation, Violations flaws) {
    JsonObjectReader fields = new JsonObjectReader(notation, "", flaws);
    List<Proposal> proposals =
        fields.requiredList("rules", MAX_RULES, (node, at) -> readProposal(node, at, flaws));
    fields.rejectUnknownFields();
    return proposals;
  }

  private static @Nullable Proposal readProposal(JsonValue notation, String at, Violations flaws) {
    if (flaws.reported().size() == Violations.MAX_REPORTED) {
      // No more can be told, and so nothing more can be known to be right.
      return null;
    }
    JsonObjectReader fields = new JsonObjectReader(notation, at, flaws);
    RuleDefinition definition = RuleRequest.definition(notation, fields);
    RuleId replaced = fields.optionalText("id", RuleId::new);
    // A rule may be sent as it was answered; what else is told of it says nothing of what it does.
    RuleResponse.METADATA_FIELDS.forEach(fields::value);
    fields.rejectUnknownFields();
    return definition == null ? null : new Proposal(replaced, definition);
  }
}
