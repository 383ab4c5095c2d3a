package kassa.domain.pricing;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

  private static final RuleId ID = new RuleId(new UUID(0x0190_0000_0000_7000L, 1));
  private static final Effect BULK =
      new TieredQuantity(
          List.of(new TieredQuantity.Tier(Quantity.of(10), Percentage.parse("10"), "Bulk 10%")));

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refuses_a_version_below_one(int version) {
    assertRefused(Reason.OUT_OF_RANGE, () -> new Rule(ID, version, List.of(BULK)));
  }

  @Test
  void has_one_effect_at_least() {
    assertThat(new Rule(ID, 1, List.of(BULK)).effects()).containsExactly(BULK);
    assertRefused(Reason.EMPTY, () -> new Rule(ID, 1, List.of()));
  }

  @Test
  void neither_it_nor_a_rule_set_changes_with_the_list_that_it_was_made_of() {
    List<Effect> effects = new ArrayList<>(List.of(BULK));
    Rule rule = new Rule(ID, 1, effects);
    List<Rule> rules = new ArrayList<>(List.of(rule));
    RuleSet ruleSet = new RuleSet(rules);

    effects.clear();
    rules.clear();

    assertThat(rule.effects()).containsExactly(BULK);
    assertThat(ruleSet.rules()).containsExactly(rule);
  }

  @Test
  void is_named_by_an_id_with_the_prefix_of_rules() {
    String text = "rul_01h455vb4pex5vsknk084sn02q";

    assertThat(RuleId.parse(text)).hasToString(text);
    assertRefused(Reason.MALFORMED, () -> RuleId.parse(text.replace("rul", "ord")));
  }
}
