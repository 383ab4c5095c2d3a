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
 * Set of active rules, sorted and indexed, with the pricing policy. Immutable and thread-safe; a
 * change of a rule creates another set.
 */
public final class RuleSet {

  /** The maximum number of active rules. */
  public static final int MAX_RULES = 10_000;

  /** The maximum number of effects of active rules that select single units. */
  public static final int MAX_UNIT_EFFECTS = 1_000;

  private final long version;
  private final List<Rule> rules;
  private final Policy policy;
  private final boolean usesOrderCount;
  private final Map<String, RuleId> byCode;
  private final Map<RuleId, Integer> positions;

  /**
   * Creates a set and sorts the rules by priority.
   *
   * @param version the version of the set
   * @param created the active rules in the order of creation
   * @param policy the pricing policy
   * @throws InvalidValueException if two rules have the same id
   */
  public RuleSet(long version, List<Rule> created, Policy policy) {
    this.version = version;
    this.policy = policy;
    this.rules =
        created.stream()
            .sorted(
                Comparator.comparingInt((Rule rule) -> rule.definition().combination().priority())
                    .reversed())
            .toList();
    Map<String, RuleId> codes = new HashMap<>();
    Map<RuleId, Integer> byId = new HashMap<>();
    for (int index = 0; index < rules.size(); index++) {
      Rule rule = rules.get(index);
      if (byId.put(rule.id(), index) != null) {
        throw new InvalidValueException(Reason.OUT_OF_RANGE, "rules must have different ids");
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

  /** Returns the version of the set. */
  public long version() {
    return version;
  }

  /** Returns the rules in the order of evaluation: by priority, then by creation. */
  public List<Rule> rules() {
    return rules;
  }

  /** Returns the pricing policy. */
  public Policy policy() {
    return policy;
  }

  /** Returns whether a rule depends on the order count of the customer. */
  public boolean usesOrderCount() {
    return usesOrderCount;
  }

  /** Returns the same rules with another policy. */
  public RuleSet withPolicy(Policy other) {
    return new RuleSet(version, rules, other);
  }

  /**
   * Returns whether a rule can be activated within the limits; a rule with the same id is replaced.
   * Concurrent activations may exceed the limits; a larger set can still be used for pricing.
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

  /** Returns the active rule with an id; {@code null} if there is none. */
  public @Nullable Rule find(RuleId id) {
    Integer index = positions.get(id);
    return index == null ? null : rules.get(index);
  }

  /** Returns the active rule whose definition has a code; {@code null} if there is none. */
  public @Nullable RuleId findByCode(Code code) {
    return byCode.get(code.key());
  }
}
