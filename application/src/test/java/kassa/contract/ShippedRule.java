package kassa.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.RuleStore.Change;
import kassa.application.port.out.RuleStore.Writing;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.notation.Notation.Fields;
import kassa.domain.notation.Notation.Items;
import kassa.domain.notation.Notation.Numeral;
import kassa.domain.notation.Notation.Text;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;

/** The rule that ships: 10 or more of a line are 10 % off, 50 or more 20 %. */
public final class ShippedRule {

  /** Its id. */
  public static final RuleId ID =
      RuleId.of(UUID.fromString("019b76da-a800-7000-8000-000000000001"));

  /** When it was written. */
  public static final Instant CREATED_AT = Instant.parse("2026-01-01T00:00:00Z");

  /** What it says, as it is written. */
  public static final Fields NOTATION =
      fields(
          "name",
          new Text("Quantity tiers"),
          "effects",
          new Items(
              List.of(
                  fields(
                      "type",
                      new Text("tiered_quantity"),
                      "mode",
                      new Text("volume"),
                      "scope",
                      new Text("line"),
                      "tiers",
                      new Items(
                          List.of(tier(10, "10", "Bulk 10%"), tier(50, "20", "Premium 20%")))))));

  private ShippedRule() {}

  /** What it says. */
  public static RuleDefinition definition() {
    return Objects.requireNonNull(RuleReader.read(NOTATION, "", new Flaws()));
  }

  /** The rule as a new database holds it. */
  public static KeptRule kept() {
    return new KeptRule(
        ID, 1, 1, RuleStatus.ACTIVE, false, NOTATION, definition(), CREATED_AT, CREATED_AT);
  }

  /** The set of rules of a new database, under the default policy. */
  public static RuleSet set() {
    return new RuleSet(1, List.of(kept().toRule()), Policy.DEFAULT);
  }

  /** Puts it in force in a store that does not hold it. */
  public static void createIn(RuleStore store) {
    Change change = store.create(ID, RuleStatus.ACTIVE, new Writing(NOTATION, null, CREATED_AT));
    if (!(change instanceof Change.Done)) {
      throw new IllegalStateException("the rule that ships was not created: " + change);
    }
  }

  private static Fields tier(int from, String percent, String label) {
    return fields(
        "from",
        new Numeral(BigDecimal.valueOf(from)),
        "percent",
        new Text(percent),
        "label",
        new Text(label));
  }

  private static Fields fields(Object... namesAndValues) {
    SequencedMap<String, Notation> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.put((String) namesAndValues[i], (Notation) namesAndValues[i + 1]);
    }
    return new Fields(entries);
  }
}
