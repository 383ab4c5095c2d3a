package kassa.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.RuleStore.Change;
import kassa.application.port.out.RuleStore.Writing;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.notation.Notation.Fields;
import kassa.domain.notation.Notation.Flag;
import kassa.domain.notation.Notation.Items;
import kassa.domain.notation.Notation.Numeral;
import kassa.domain.notation.Notation.Text;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;

/** Rules for tests. Each has an id of its own, and the ids rise. */
public final class SampleRules {

  /** When the samples are written. */
  public static final Instant START = Instant.parse("2026-06-01T08:00:00.000001Z");

  private static final AtomicLong IDS = new AtomicLong();

  private SampleRules() {}

  /** A new id, greater than all before it. */
  public static RuleId nextId() {
    return RuleId.of(
        new UUID(0x019b_9000_0000_7000L, 0x8000_0000_0000_0000L | IDS.incrementAndGet()));
  }

  /**
   * Names and values by turns; texts, numbers, flags, lists and fields are taken for what they are.
   */
  public static Fields fields(Object... namesAndValues) {
    SequencedMap<String, Notation> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.put((String) namesAndValues[i], notation(namesAndValues[i + 1]));
    }
    return new Fields(entries);
  }

  /** So many per cent off the order, and what else is said. */
  public static Fields percentOff(String percent, Object... more) {
    SequencedMap<String, Notation> entries = new LinkedHashMap<>();
    entries.put("name", new Text(percent + " % off"));
    entries.put(
        "effects", notation(List.of(fields("type", "percent_off_order", "percent", percent))));
    entries.putAll(fields(more).entries());
    return new Fields(entries);
  }

  /** What is to be written down of a rule. */
  public static Writing writing(Fields notation, Instant at) {
    return new Writing(notation, definition(notation).code(), at);
  }

  /** What is to be written down of a rule, at the time of the samples. */
  public static Writing writing(Fields notation) {
    return writing(notation, START);
  }

  /** What a notation says. */
  public static RuleDefinition definition(Fields notation) {
    Flaws flaws = new Flaws();
    RuleDefinition definition = RuleReader.read(notation, "", flaws);
    return Objects.requireNonNull(definition, () -> flaws.found().toString());
  }

  /** Puts a rule in force. */
  public static KeptRule activeIn(RuleStore store, Fields notation) {
    return done(store.create(nextId(), RuleStatus.ACTIVE, writing(notation)));
  }

  /** The rule as it is after a change that was done. */
  public static KeptRule done(Change change) {
    if (change instanceof Change.Done(KeptRule rule)) {
      return rule;
    }
    throw new IllegalStateException("the rule was not changed: " + change);
  }

  private static Notation notation(Object value) {
    return switch (value) {
      case Notation notation -> notation;
      case String text -> new Text(text);
      case Integer number -> new Numeral(BigDecimal.valueOf(number));
      case BigDecimal number -> new Numeral(number);
      case Boolean flag -> new Flag(flag);
      case List<?> elements -> new Items(elements.stream().map(SampleRules::notation).toList());
      default -> throw new IllegalArgumentException("no notation is made of " + value);
    };
  }
}
