package kassa.adapters.http.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonNotation;
import kassa.application.port.in.WriteRules;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.notation.FieldReader;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule as it is sent.
 *
 * @param draft what it says
 * @param status how far it has come
 */
public record RuleRequest(WriteRules.Draft draft, RuleStatus status) {

  /**
   * Reads a rule that is to be created.
   *
   * @param faults takes all that is wrong with it
   * @return the rule; {@code null} if anything is wrong
   */
  public static @Nullable RuleRequest readNew(JsonNode body, Faults faults) {
    Flaws flaws = new Flaws();
    Notation notation = JsonNotation.of(body);
    FieldReader fields = new FieldReader(notation, "", flaws);
    RuleDefinition definition = definition(notation, fields);
    RuleStatus status = statusOfNew(fields);
    fields.refuseOthers();
    faults.addAll(flaws);
    return definition == null || !flaws.isEmpty()
        ? null
        : new RuleRequest(draft(definition, notation, List.of("status")), status);
  }

  /**
   * Reads a new version of a rule. What cannot be changed may be sent back as it was answered.
   *
   * @param now the rule as it is
   * @param faults takes all that is wrong with it
   * @return what the rule is to say; {@code null} if anything is wrong
   */
  public static WriteRules.@Nullable Draft readVersion(JsonNode body, KeptRule now, Faults faults) {
    Flaws flaws = new Flaws();
    Notation notation = JsonNotation.of(body);
    FieldReader fields = new FieldReader(notation, "", flaws);
    RuleDefinition definition = definition(notation, fields);
    SequencedMap<String, Notation> envelope = RuleResponse.of(now).envelope();
    envelope.forEach((name, value) -> refuseOther(value, name, fields));
    fields.refuseOthers();
    faults.addAll(flaws);
    return definition == null || !flaws.isEmpty()
        ? null
        : draft(definition, notation, List.copyOf(envelope.keySet()));
  }

  /** Reads what a rule says; what is no object says nothing, which its reader tells already. */
  static @Nullable RuleDefinition definition(Notation notation, FieldReader fields) {
    return notation instanceof Notation.Fields ? RuleReader.read(fields) : null;
  }

  /** Reads the status that a rule may be created with: a draft, unless another is sent. */
  static RuleStatus statusOfNew(FieldReader fields) {
    RuleStatus status = fields.optionalText("status", RuleRequest::statusOfNew);
    return status == null ? RuleStatus.DRAFT : status;
  }

  private static RuleStatus statusOfNew(String text) {
    return switch (text) {
      case "draft" -> RuleStatus.DRAFT;
      case "active" -> RuleStatus.ACTIVE;
      default ->
          throw new InvalidValueException(
              Reason.OUT_OF_RANGE, "status must be draft or active, or be left out");
    };
  }

  private static void refuseOther(Notation now, String name, FieldReader fields) {
    Notation sent = fields.value(name);
    if (sent != null && !isSame(sent, now)) {
      fields
          .flaws()
          .invalid(
              fields.at(name),
              "read_only",
              name + " cannot be changed like this; send it as it was answered, or leave it out");
    }
  }

  private static boolean isSame(Notation sent, Notation now) {
    if (sent instanceof Notation.Numeral(var number)
        && now instanceof Notation.Numeral(var numberNow)) {
      return number.compareTo(numberNow) == 0;
    }
    return sent.equals(now);
  }

  private static WriteRules.Draft draft(
      RuleDefinition definition, Notation notation, List<String> envelope) {
    if (!(notation instanceof Notation.Fields fields)) {
      throw new IllegalStateException("a rule was read that has no fields");
    }
    SequencedMap<String, Notation> entries = new LinkedHashMap<>(fields.entries());
    envelope.forEach(entries::remove);
    return new WriteRules.Draft(definition, new Notation.Fields(entries));
  }
}
