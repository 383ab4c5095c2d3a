package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Percentage;
import kassa.domain.rule.Code;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {

  private static final Effect OFF_SHIPPING = new Effect.PercentOffShipping(Percentage.parse("10"));

  private static final String OFF = "effects: [{type: 'percent_off_shipping', percent: '10'}]}";

  @Test
  void rejects_duplicate_rule_ids() {
    Rule rule = rules(1).getFirst();

    assertRejected(Reason.OUT_OF_RANGE, () -> new RuleSet(1, List.of(rule, rule), Policy.DEFAULT));
  }

  @Test
  void accepts_at_most_10000_rules() {
    Rule another = TestRules.rule(RuleSet.MAX_RULES, 1, OFF_SHIPPING);
    List<Rule> maxRules = rules(RuleSet.MAX_RULES);

    assertThat(new RuleSet(1, rules(9_999), Policy.DEFAULT).canAdd(another)).isTrue();
    assertThat(new RuleSet(1, maxRules, Policy.DEFAULT).canAdd(another)).isFalse();
    assertThat(new RuleSet(1, maxRules, Policy.DEFAULT).canAdd(maxRules.getFirst())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: 'percent_off_units', percent: '10', maxUnits: 1}",
        "{type: 'amount_off_units', amount: '1.00', maxUnitsPerLine: 1}",
        "{type: 'quantity_group', size: 3, amountPerUnit: '5.00'}",
        "{type: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, percent: '100'}",
        "{type: 'nth_unit_percent', n: 2, percent: '50'}",
        "{type: 'bundle_price', skus: {A: 1, B: 1}, price: '1.00'}"
      })
  void accepts_at_most_1000_unit_selecting_effects(String effect) {
    Effect unitEffect = effect("{effects: [" + effect + "]}");
    RuleSet fullSet =
        new RuleSet(
            1,
            List.of(
                TestRules.rule(0, 1, Collections.nCopies(999, unitEffect).toArray(Effect[]::new)),
                TestRules.rule(1, 1, unitEffect)),
            Policy.DEFAULT);

    assertThat(fullSet.canAdd(TestRules.rule(2, 1, unitEffect))).isFalse();
    assertThat(fullSet.canAdd(TestRules.rule(1, 1, unitEffect))).isTrue();
    assertThat(fullSet.canAdd(TestRules.rule(1, 1, unitEffect, unitEffect))).isFalse();
    assertThat(fullSet.canAdd(TestRules.rule(2, 1, OFF_SHIPPING))).isTrue();
  }

  @Test
  void sorts_rules_by_priority_then_creation_order() {
    RuleSet set =
        TestRules.fromText(
            "{priority: -1, " + OFF, "{" + OFF, "{priority: 7, " + OFF, "{priority: 7, " + OFF);

    assertThat(set.rules())
        .extracting(rule -> rule.id().value())
        .containsExactly("r3", "r4", "r2", "r1");
  }

  @Test
  void with_policy_keeps_version_and_rules() {
    RuleSet set = new RuleSet(42, rules(1), Policy.DEFAULT);
    Policy original = RuleDsl.policy("{stackBase: 'original'}");

    assertThat(set.withPolicy(original).version()).isEqualTo(set.version()).isEqualTo(42);
    assertThat(set.withPolicy(original).policy()).isEqualTo(original);
    assertThat(set.withPolicy(original).rules()).isEqualTo(set.rules());
  }

  @Test
  void uses_the_order_count_if_a_rule_has_an_nth_order_condition() {
    String nested = "{when: {not: {any: [{minQuantity: 1}, {nthOrder: 1}]}}, " + OFF;

    assertThat(TestRules.fromText("{" + OFF, "{when: {nthOrder: 3}, " + OFF).usesOrderCount())
        .isTrue();
    assertThat(TestRules.fromText(nested).usesOrderCount()).isTrue();
    assertThat(TestRules.fromText("{" + OFF, "{when: {minQuantity: 3}, " + OFF).usesOrderCount())
        .isFalse();
    assertThat(TestRules.of().usesOrderCount()).isFalse();
  }

  @Test
  void finds_a_rule_by_id_and_by_code() {
    RuleSet set = TestRules.fromText("{" + OFF, "{code: 'Summer', " + OFF);

    assertThat(set.find(new RuleId("r2"))).isEqualTo(set.rules().getLast());
    assertThat(set.find(new RuleId("r3"))).isNull();
    assertThat(set.findByCode(new Code("SUMMER"))).isEqualTo(new RuleId("r2"));
    assertThat(set.findByCode(new Code("WINTER"))).isNull();
  }

  private static List<Rule> rules(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> TestRules.rule(number, 1, OFF_SHIPPING))
        .toList();
  }

  private static Effect effect(String rule) {
    return RuleDsl.rule("r", rule).definition().effects().getFirst();
  }
}
