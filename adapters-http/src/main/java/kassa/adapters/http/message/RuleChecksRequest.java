package kassa.adapters.http.message;

import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonNotation;
import kassa.application.port.in.WriteRules.Proposal;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rules that are to be looked through.
 *
 * @param proposals what they say, and which rules they would take the place of
 * @param alone whether it is one rule that was sent by itself
 */
public record RuleChecksRequest(List<Proposal> proposals, boolean alone) {

  /** The most rules that are looked through at once. */
  public static final int MOST_RULES = 1_000;

  /**
   * Reads a list of rules, or one by itself.
   *
   * @param faults takes all that is wrong with them
   * @return the rules; {@code null} if anything is wrong
   */
  public static @Nullable RuleChecksRequest read(JsonNode body, Faults faults) {
    Flaws flaws = new Flaws();
    boolean alone = !body.has("rules");
    List<Proposal> proposals =
        alone ? one(JsonNotation.of(body), flaws) : list(JsonNotation.of(body), flaws);
    faults.addAll(flaws);
    return proposals == null || !flaws.isEmpty() ? null : new RuleChecksRequest(proposals, alone);
  }

  /** The pointer of a rule in the body (RFC 6901). */
  public String pointerTo(int rule) {
    return alone ? "" : "/rules/" + rule;
  }

  private static @Nullable List<Proposal> one(Notation notation, Flaws flaws) {
    Proposal proposal = proposal(notation, "", flaws);
    return proposal == null ? null : List.of(proposal);
  }

  private static @Nullable List<Proposal> list(Notation notation, Flaws flaws) {
    FieldReader fields = new FieldReader(notation, "", flaws);
    List<Proposal> proposals =
        fields.requiredList("rules", MOST_RULES, (node, at) -> proposal(node, at, flaws));
    fields.refuseOthers();
    return proposals;
  }

  private static @Nullable Proposal proposal(Notation notation, String at, Flaws flaws) {
    if (flaws.found().size() == Flaws.MOST) {
      // No more can be told, and so nothing more can be known to be right.
      return null;
    }
    FieldReader fields = new FieldReader(notation, at, flaws);
    RuleDefinition definition = RuleRequest.definition(notation, fields);
    RuleId replaced = fields.optionalText("id", RuleId::new);
    // A rule may be sent as it was answered; what else is told of it says nothing of what it does.
    RuleResponse.ENVELOPE.forEach(fields::value);
    fields.refuseOthers();
    return definition == null ? null : new Proposal(replaced, definition);
  }
}
