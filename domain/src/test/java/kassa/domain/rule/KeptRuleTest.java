package kassa.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import kassa.domain.notation.Notation;
import kassa.domain.testing.Written;
import org.junit.jupiter.api.Test;

class KeptRuleTest {

  @Test
  void is_priced_under_in_its_version_and_not_in_its_revision() {
    String text = "{effects: [{type: 'percent_off_order', percent: '10'}]}";
    RuleDefinition definition = Written.rule("r1", text).definition();
    Instant at = Instant.parse("2026-06-15T12:00:00Z");
    KeptRule kept =
        new KeptRule(
            new RuleId("r1"),
            2,
            5,
            RuleStatus.ACTIVE,
            true,
            (Notation.Fields) Written.notation(text),
            definition,
            at,
            at);

    assertThat(kept.toRule()).isEqualTo(new Rule(new RuleId("r1"), 2, true, definition));
  }
}
