package kassa.domain.pricing;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

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

class RuleSetTest {

  private static final String OFF = "effects: [{type: 'percent_off_shipping', percent: '10'}]}";

  @Test
  void holds_at_most_ten_thousand_rules_of_different_ids() {
    List<Rule> most = rules(RuleSet.MOST_RULES);

    assertThat(new RuleSet(1, most, Policy.DEFAULT).rules()).hasSize(10_000);
    assertRefused(
        Reason.TOO_MANY, () -> new RuleSet(1, rules(RuleSet.MOST_RULES + 1), Policy.DEFAULT));
    assertRefused(
        Reason.OUT_OF_RANGE,
        () -> new RuleSet(1, List.of(most.getFirst(), most.getFirst()), Policy.DEFAULT));
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
    Effect off = new Effect.PercentOffShipping(Percentage.parse("10"));
    return IntStream.range(0, count).mapToObj(number -> Rules.rule(number, 1, off)).toList();
  }
}
