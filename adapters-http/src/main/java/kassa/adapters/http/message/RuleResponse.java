package kassa.adapters.http.message;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import kassa.adapters.http.json.JsonNotation;
import kassa.domain.notation.Notation;
import kassa.domain.rule.KeptRule;

/**
 * A rule as it is answered: what is known of it, and behind that its definition as it was written.
 */
public record RuleResponse(
    String id,
    int version,
    String status,
    boolean needsCode,
    String createdAt,
    String updatedAt,
    @JsonAnyGetter Map<String, Object> definition) {

  /** The fields that tell of a rule and not what it says. */
  static final List<String> ENVELOPE =
      List.of("id", "version", "status", "needsCode", "createdAt", "updatedAt");

  /** Writes a rule down. */
  public static RuleResponse of(KeptRule rule) {
    return new RuleResponse(
        rule.id().toString(),
        rule.version(),
        Words.of(rule.status()),
        rule.needsCode(),
        rule.createdAt().toString(),
        rule.updatedAt().toString(),
        fields(rule.notation()));
  }

  /** What is known of the rule, by the names of its fields. */
  SequencedMap<String, Notation> envelope() {
    SequencedMap<String, Notation> envelope = new LinkedHashMap<>();
    envelope.put("id", new Notation.Text(id));
    envelope.put("version", new Notation.Numeral(BigDecimal.valueOf(version)));
    envelope.put("status", new Notation.Text(status));
    envelope.put("needsCode", new Notation.Flag(needsCode));
    envelope.put("createdAt", new Notation.Text(createdAt));
    envelope.put("updatedAt", new Notation.Text(updatedAt));
    return envelope;
  }

  static Map<String, Object> fields(Notation.Fields notation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    notation.entries().forEach((name, value) -> fields.put(name, JsonNotation.toJson(value)));
    return fields;
  }
}
