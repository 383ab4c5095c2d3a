package kassa.adapters.http.message;

import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonNotation;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rules that are to be looked through.
 *
 * @param definitions what they say
 * @param alone whether it is one rule that was sent by itself
 */
public record RuleChecksRequest(List<RuleDefinition> definitions, boolean alone) {

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
    List<RuleDefinition> definitions =
        alone ? one(JsonNotation.of(body), flaws) : list(JsonNotation.of(body), flaws);
    faults.addAll(flaws);
    return definitions == null || !flaws.isEmpty()
        ? null
        : new RuleChecksRequest(definitions, alone);
  }

  /** The pointer of a rule in the body (RFC 6901). */
  public String pointerTo(int rule) {
    return alone ? "" : "/rules/" + rule;
  }

  private static @Nullable List<RuleDefinition> one(Notation notation, Flaws flaws) {
    RuleDefinition definition = definition(notation, "", flaws);
    return definition == null ? null : List.of(definition);
  }

  private static @Nullable List<RuleDefinition> list(Notation notation, Flaws flaws) {
    FieldReader fields = new FieldReader(notation, "", flaws);
    List<RuleDefinition> definitions =
        fields.requiredList("rules", MOST_RULES, (node, at) -> definition(node, at, flaws));
    fields.refuseOthers();
    return definitions;
  }

  private static @Nullable RuleDefinition definition(Notation notation, String at, Flaws flaws) {
    if (flaws.found().size() == Flaws.MOST) {
      // No more can be told, and so nothing more can be known to be right.
      return null;
    }
    FieldReader fields = new FieldReader(notation, at, flaws);
    RuleDefinition definition = RuleRequest.definition(notation, fields);
    RuleRequest.statusOfNew(fields);
    fields.refuseOthers();
    return definition;
  }
}
