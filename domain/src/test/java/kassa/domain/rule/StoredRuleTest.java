package kassa.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import kassa.domain.json.JsonValue;
import kassa.domain.testing.RuleDsl;
import org.junit.jupiter.api.Test;

class StoredRuleTest {

  @Test
  void to_rule_uses_the_version_and_not_the_revision() {
    String text = "{effects: [{type: 'percent_off_order', percent: '10'}]}";
    RuleDefinition definition = RuleDsl.rule("r1", text).definition();
    Instant at = Instant.parse("2026-06-15T12:00:00Z");
    StoredRule stored =
        new StoredRule(
            new RuleId("r1"),
            2,
            5,
            RuleStatus.ACTIVE,
            true,
            (JsonValue.JsonObject) RuleDsl.json(text),
            definition,
            at,
            at);

    assertThat(stored.toRule()).isEqualTo(new Rule(new RuleId("r1"), 2, true, definition));
  }
}
