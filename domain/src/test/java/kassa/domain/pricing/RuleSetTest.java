package kassa.domain.pricing;

import static kassa.domain.testing.Refusals.assertRefused;
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
import kassa.domain.testing.Rules;
import kassa.domain.testing.Written;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {

  private static final Effect OFF_SHIPPING = new Effect.PercentOffShipping(Percentage.parse("10"));

  private static final String OFF = "effects: [{type: 'percent_off_shipping', percent: '10'}]}";

  @Test
  void holds_rules_of_different_ids() {
    Rule rule = rules(1).getFirst();

    assertRefused(Reason.OUT_OF_RANGE, () -> new RuleSet(1, List.of(rule, rule), Policy.DEFAULT));
  }

  @Test
  void has_room_for_ten_thousand_rules() {
    Rule another = Rules.rule(RuleSet.MOST_RULES, 1, OFF_SHIPPING);
    List<Rule> most = rules(RuleSet.MOST_RULES);

    assertThat(new RuleSet(1, rules(9_999), Policy.DEFAULT).hasRoomFor(another)).isTrue();
    assertThat(new RuleSet(1, most, Policy.DEFAULT).hasRoomFor(another)).isFalse();
    assertThat(new RuleSet(1, most, Policy.DEFAULT).hasRoomFor(most.getFirst())).isTrue();
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
  void has_room_for_a_thousand_effects_that_choose_units(String effect) {
    Effect choosing = effect("{effects: [" + effect + "]}");
    RuleSet most =
        new RuleSet(
            1,
            List.of(
                Rules.rule(0, 1, Collections.nCopies(999, choosing).toArray(Effect[]::new)),
                Rules.rule(1, 1, choosing)),
            Policy.DEFAULT);

    assertThat(most.hasRoomFor(Rules.rule(2, 1, choosing))).isFalse();
    assertThat(most.hasRoomFor(Rules.rule(1, 1, choosing))).isTrue();
    assertThat(most.hasRoomFor(Rules.rule(1, 1, choosing, choosing))).isFalse();
    assertThat(most.hasRoomFor(Rules.rule(2, 1, OFF_SHIPPING))).isTrue();
  }

  @Test
  void looks_at_the_rules_by_priority_and_then_as_they_were_created() {
    RuleSet set =
        Rules.written(
            "{priority: -1, " + OFF, "{" + OFF, "{priority: 7, " + OFF, "{priority: 7, " + OFF);

    assertThat(set.rules())
        .extracting(rule -> rule.id().value())
        .containsExactly("r3", "r4", "r2", "r1");
  }

  @Test
  void keeps_its_version_and_its_rules_under_another_policy() {
    RuleSet set = new RuleSet(42, rules(1), Policy.DEFAULT);
    Policy original = Written.policy("{stackBase: 'original'}");

    assertThat(set.under(original).version()).isEqualTo(set.version()).isEqualTo(42);
    assertThat(set.under(original).policy()).isEqualTo(original);
    assertThat(set.under(original).rules()).isEqualTo(set.rules());
  }

  @Test
  void counts_orders_if_a_rule_asks_for_the_nth_one() {
    String nested = "{when: {not: {any: [{minQuantity: 1}, {nthOrder: 1}]}}, " + OFF;

    assertThat(Rules.written("{" + OFF, "{when: {nthOrder: 3}, " + OFF).countsOrders()).isTrue();
    assertThat(Rules.written(nested).countsOrders()).isTrue();
    assertThat(Rules.written("{" + OFF, "{when: {minQuantity: 3}, " + OFF).countsOrders())
        .isFalse();
    assertThat(Rules.of().countsOrders()).isFalse();
  }

  @Test
  void finds_a_rule_by_its_id_and_by_the_code_that_it_names() {
    RuleSet set = Rules.written("{" + OFF, "{code: 'Summer', " + OFF);

    assertThat(set.find(new RuleId("r2"))).isEqualTo(set.rules().getLast());
    assertThat(set.find(new RuleId("r3"))).isNull();
    assertThat(set.ruleNaming(new Code("SUMMER"))).isEqualTo(new RuleId("r2"));
    assertThat(set.ruleNaming(new Code("WINTER"))).isNull();
  }

  private static List<Rule> rules(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> Rules.rule(number, 1, OFF_SHIPPING))
        .toList();
  }

  private static Effect effect(String rule) {
    return Written.rule("r", rule).definition().effects().getFirst();
  }
}
