package kassa.domain.pricing;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.rule.Code;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * The rules that carts are priced under, put in order and indexed once. Immutable, and to be shared
 * by any number of threads; a change of a rule makes another set.
 */
public final class RuleSet {

  /** The most rules that are put in force. */
  public static final int MAX_RULES = 10_000;

  /** The most effects of rules in force that choose among the units of a line. */
  public static final int MAX_UNIT_EFFECTS = 1_000;

  private final long version;
  private final List<Rule> rules;
  private final Policy policy;
  private final boolean usesOrderCount;
  private final Map<String, RuleId> byCode;
  private final Map<RuleId, Integer> positions;

  /**
   * @param version tells this set from those before and after it
   * @param created the rules that are in force, in the order in which they were created
   * @param policy how they work together
   * @throws InvalidValueException if there are two of one id
   */
  public RuleSet(long version, List<Rule> created, Policy policy) {
    this.version = version;
    this.policy = policy;
    this.rules =
        created.stream()
            .sorted(Comparator.comparingInt((Rule rule) -> rule.definition().priority()).reversed())
            .toList();
    Map<String, RuleId> codes = new HashMap<>();
    Map<RuleId, Integer> byId = new HashMap<>();
    for (int place = 0; place < rules.size(); place++) {
      Rule rule = rules.get(place);
      if (byId.put(rule.id(), place) != null) {
        throw new InvalidValueException(Reason.OUT_OF_RANGE, "each rule must have its own id");
      }
      Code code = rule.definition().code();
      if (code != null) {
        codes.putIfAbsent(code.key(), rule.id());
      }
    }
    this.usesOrderCount =
        rules.stream().anyMatch(rule -> rule.definition().when().usesOrderCount());
    this.byCode = Collections.unmodifiableMap(codes);
    this.positions = Collections.unmodifiableMap(byId);
  }

  /** Tells this set from those before and after it. */
  public long version() {
    return version;
  }

  /** The rules in the order in which they are looked at: by priority, then as created. */
  public List<Rule> rules() {
    return rules;
  }

  /** How they work together. */
  public Policy policy() {
    return policy;
  }

  /** Whether one of them asks how many orders a customer has placed. */
  public boolean usesOrderCount() {
    return usesOrderCount;
  }

  /** The same rules under another policy. */
  public RuleSet withPolicy(Policy other) {
    return new RuleSet(version, rules, other);
  }

  /**
   * Whether a rule may be put in force beside these, in the place of the one of its id if there is
   * one. A set that several have brought beyond the limits at the same moment still prices.
   */
  public boolean canAdd(Rule rule) {
    Rule replaced = find(rule.id());
    int others = replaced == null ? rules.size() : rules.size() - 1;
    long unitEffects =
        rules.stream()
            .filter(other -> !other.equals(replaced))
            .mapToLong(RuleSet::unitEffects)
            .sum();
    return others < MAX_RULES && unitEffects + unitEffects(rule) <= MAX_UNIT_EFFECTS;
  }

  private static long unitEffects(Rule rule) {
    return rule.definition().effects().stream().filter(Effect::selectsUnits).count();
  }

  /** The rule of this id, if it is in force. */
  public @Nullable Rule find(RuleId id) {
    Integer place = positions.get(id);
    return place == null ? null : rules.get(place);
  }

  /** The rule that names this code itself, if one in force does. */
  public @Nullable RuleId findByCode(Code code) {
    return byCode.get(code.key());
  }
}
