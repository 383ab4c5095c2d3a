package kassa.adapters.persistence.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import kassa.contract.fixture.SampleRules;
import kassa.domain.money.Money;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleOutcome.LineDiscount;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PricingTraceTextTest {

  private static final Currency EUR = Currency.getInstance("EUR");

  @Test
  void parses_what_it_formats() {
    RuleDiscountShare share =
        new RuleDiscountShare(List.of(new LineDiscount(3, new Money(7, EUR))), new Money(5, EUR));
    RuleId rule = SampleRules.nextId();
    List<@Nullable String> texts = new ArrayList<>();
    texts.add(null);
    texts.addAll(List.of("", "\t", "\n\r", "\\", "\\N", "\\t\\n\\\\", "\uD83C\uDF81 \u00e4"));
    List<RuleTrace> trace = new ArrayList<>();
    for (String one : texts) {
      for (String other : texts) {
        trace.add(
            new RuleTrace(
                rule,
                2,
                one == null ? "x" : one,
                new RuleOutcome.Skipped(SkipReason.UNKNOWN_CODE, other, one, other)));
      }
    }
    trace.add(
        new RuleTrace(
            rule,
            Integer.MAX_VALUE,
            "a",
            new RuleOutcome.Applied(
                new Code("C\\N"), share.lines(), share.shipping(), new Money(1, EUR))));

    assertThat(PricingTraceText.parse(PricingTraceText.format(trace), EUR, any -> share))
        .isEqualTo(trace);
  }
}
