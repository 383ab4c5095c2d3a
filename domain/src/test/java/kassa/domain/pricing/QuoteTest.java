package kassa.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestQuotes;
import kassa.domain.testing.TestRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteTest {

  private static final RuleId RULE = RuleId.of(new UUID(0x0190_0000_0000_7000L, 1));
  private static final Code CODE = new Code("SUMMER");

  private static final Quote QUOTE =
      TestQuotes.of("2 x 10 A", "{type: 'percent_off_order', percent: '10'}");

  @Test
  void gives_another_reason_only_for_its_codes() {
    Rejection limit = new Rejection(null, RULE, SkipReason.USAGE_LIMIT_REACHED);
    Quote quote =
        new Quote(
            QUOTE.price(),
            List.of(new Rejection(CODE, RULE, SkipReason.EXPIRED), limit),
            QUOTE.trace());

    assertThat(quote.withCodesRejected(SkipReason.UNKNOWN_CODE))
        .isEqualTo(
            new Quote(
                QUOTE.price(),
                List.of(new Rejection(CODE, RULE, SkipReason.UNKNOWN_CODE), limit),
                QUOTE.trace()));
  }

  @Test
  void hides_its_trace() {
    Rejection rejection = new Rejection(CODE, RULE, SkipReason.EXPIRED);
    Quote quote = new Quote(QUOTE.price(), List.of(rejection), QUOTE.trace());

    assertThat(quote.trace()).hasSize(1);
    assertThat(quote.withoutTrace())
        .isEqualTo(new Quote(QUOTE.price(), List.of(rejection), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # rule                             | currency that its code requires
          currency: 'EUR'                    | EUR
          when: {minQuantity: 9}             |
          currency: 'USD', when: {minQuantity: 9} |
          """)
  void names_the_currency_that_a_code_requires(String rule, @Nullable String currency) {
    Quote quote =
        Pricing.price(
            requestWithCode(),
            TestRules.fromText(
                "{code: 'SUMMER', %s, effects: [{type: 'percent_off_order', percent: '1'}]}"
                    .formatted(rule)));

    assertThat(quote.rejected()).extracting(Rejection::requiredCurrency).containsExactly(currency);
  }

  private static PricingRequest requestWithCode() {
    return new PricingRequest(
        RuleDsl.cart("2 x 10 A"),
        new LinkedHashSet<>(List.of(CODE)),
        Customer.ANONYMOUS,
        null,
        Map.of(),
        TestRules.AT,
        Map.of(),
        Map.of());
  }
}
