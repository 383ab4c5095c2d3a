package kassa.domain.pricing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.NextTierHints.NextTier;
import kassa.domain.rule.Policy;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextTierHintsTest {

  private static final String BULK =
      "{name: 'bulk', effects: [{type: 'tiered_quantity', tiers: ["
          + "{from: 10, percent: '10', label: 'ten'}, {from: 50, percent: '20'}]}]}";

  @Test
  void hints_the_missing_quantity_of_the_default_rule() {
    assertThat(of(RuleDsl.cart("10 x 100.00 MUG"), TestRules.defaultRules()))
        .extracting(NextTierHintsTest::format)
        .containsExactly("MUG 0: 40 for Premium 20%, 4000.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cart                                | hints
            1 x 1.00 MUG                        | MUG 0: 9 for ten, 9.00
            9.5 x 1.00 MUG                      | MUG 0: 0.5 for ten, 9.00
            10 x 1.00 MUG                       | MUG 0: 40 for bulk, 40.00
            49.999 x 1.00 MUG                   | MUG 0: 0.001 for bulk, 40.00
            50 x 1.00 MUG                       |
            60 x 1.00 MUG                       |
            1 x 1.00 A; 50 x 1.00 B; 20 x 1 C   | A 0: 9 for ten, 67.00; C 2: 30 for bulk, 81.00
            1 x 1.00 A; ship 5.00               | A 0: 9 for ten, 14.00
            1 x 1.00 A tax=10                   | A 0: 9 for ten, 9.90
            1 x 0 A                             |
          """)
  void hints_the_nearest_tier_of_each_line(String cart, @Nullable String hints) {
    assertThat(joined(of(RuleDsl.cart(cart), TestRules.fromText(BULK))))
        .isEqualTo(hints == null ? "" : hints);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # No hint for a rule that cannot apply.
            code: 'SECRET'                           |
            window: {to: '2020-01-01T00:00:00Z'}     |
            window: {from: '2030-01-01T00:00:00Z'}   |
            limits: {total: 0}                       |
            limits: {perCustomer: 0}                 |
            when: {channels: ['web']}                |
            when: {maxSubtotal: '9.99'}              |
            limits: {budget: {type: 'spend', limit: '0.99'}} |
          # A hint for a rule that applies to the larger cart.
            when: {minQuantity: 10}                  | L1 0: 9 for r1, 9.00
            when: {minSubtotal: '10'}                | L1 0: 9 for r1, 9.00
            limits: {budget: {type: 'spend', limit: '1.00'}} | L1 0: 9 for r1, 9.00
            exclusive: true                          | L1 0: 9 for r1, 9.00
            combinable: false                        | L1 0: 9 for r1, 9.00
          """)
  void hints_only_rules_that_would_apply(String fields, @Nullable String hints) {
    RuleSet rules =
        TestRules.fromText(
            "{"
                + fields
                + ", effects: [{type: 'tiered_quantity', tiers: [{from: 10, percent: '10'}]}]}");

    assertThat(joined(of(RuleDsl.cart("1 x 1.00"), rules))).isEqualTo(hints == null ? "" : hints);
  }

  @Test
  void hints_only_lines_of_the_target() {
    RuleSet rules =
        TestRules.fromText(
            "{type: 'tiered_quantity', target: {skus: ['B']}, tiers: [{from: 2, percent: '50'}]}");

    assertThat(joined(of(RuleDsl.cart("1 x 1.00 A; 1 x 1.00 B"), rules)))
        .isEqualTo("B 1: 1 for r1, 2.00");
  }

  @Test
  void target_total_scope_counts_the_whole_target() {
    RuleSet rules =
        TestRules.fromText(
            "{type: 'tiered_quantity', scope: 'target_total', target: {tags: ['t']}, tiers: ["
                + "{from: 10, percent: '10'}]}");

    assertThat(joined(of(RuleDsl.cart("3 x 1.00 A #t; 4 x 2.00 B #t; 9 x 1.00 C"), rules)))
        .isEqualTo("A 0: 3 for r1, 21.60; B 1: 3 for r1, 24.30");
  }

  @Test
  void hints_graduated_tiers() {
    RuleSet rules =
        TestRules.fromText(
            "{type: 'tiered_quantity', mode: 'graduated', tiers: [{from: 3, unitPrice: '0.50'}]}");

    assertThat(joined(of(RuleDsl.cart("1 x 1.00"), rules))).isEqualTo("L1 0: 2 for r1, 2.50");
  }

  @Test
  void skips_a_tier_whose_rule_would_not_apply() {
    RuleSet rules =
        TestRules.fromText(
            "{when: {channels: ['web']},"
                + " effects: [{type: 'tiered_quantity', tiers: [{from: 3, percent: '10'}]}]}",
            "{type: 'tiered_quantity', tiers: [{from: 5, percent: '20'}]}");

    assertThat(joined(of(RuleDsl.cart("1 x 1.00"), rules))).isEqualTo("L1 0: 4 for r2, 4.00");
  }

  @Test
  void no_hint_where_another_rule_wins_the_line() {
    RuleSet rules =
        TestRules.fromText(
            "{bestOfGroup: 'g', effects: [{type: 'percent_off_order', percent: '50'}]}",
            "{bestOfGroup: 'g', effects: ["
                + "{type: 'tiered_quantity', tiers: [{from: 5, percent: '20'}]}]}");

    assertThat(of(RuleDsl.cart("1 x 1.00; 5 x 1.00"), rules)).isEmpty();
  }

  @Test
  void no_hint_beyond_max_quantity_or_max_subtotal() {
    RuleSet rules =
        TestRules.fromText(
            "{type: 'tiered_quantity', scope: 'target_total', tiers: ["
                + "{from: 1000000, percent: '10'}]}");

    assertThat(of(RuleDsl.cart("1 x 1.00"), rules)).hasSize(1);
    assertThat(of(RuleDsl.cart("1 x 10000000000.00; 1 x 1.00"), rules))
        .extracting(NextTier::line)
        .containsExactly(0, 1);
    assertThat(of(RuleDsl.cart("1 x 10000000000.00; 1 x 10000000000.00 B"), rules))
        .extracting(NextTier::line)
        .containsExactly(0, 1);
    assertThat(of(RuleDsl.cart("500000 x 10000000000.00; 499998 x 10000000000.00"), rules))
        .extracting(NextTier::line)
        .containsExactly(0, 1);
    assertThat(
            of(
                RuleDsl.cart("999999.5 x 1.00 A"),
                TestRules.fromText(BULK.replace("50", "1000000"))))
        .hasSize(1);
  }

  @Test
  void no_hint_for_a_cart_above_the_max_subtotal() {
    RuleSet rules = TestRules.fromText(BULK);

    assertThat(
            of(RuleDsl.cart("999991 x 10000000000.00 A; 1 x 10000000000.00 B; 1 x 1.00 C"), rules))
        .extracting(NextTier::line)
        .containsExactly(2);
  }

  @Test
  void returns_at_most_20_hints() {
    assertThat(of(RuleDsl.cart(lines(21)), TestRules.fromText(BULK)))
        .extracting(NextTier::line)
        .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void reprices_at_most_100_carts() {
    String neverReached =
        "{when: {maxSubtotal: '499.00'},"
            + " effects: [{type: 'tiered_quantity', tiers: [{from: 10, percent: '10'}]}]}";
    String last =
        "{type: 'tiered_quantity', target: {skus: ['LAST']}, tiers: [{from: 2, percent: '10'}]}";

    assertThat(
            of(
                RuleDsl.cart(lines(99) + "; 1 x 400.00 LAST"),
                TestRules.fromText(neverReached, last)))
        .hasSize(1);
    assertThat(
            of(
                RuleDsl.cart(lines(100) + "; 1 x 400.00 LAST"),
                TestRules.fromText(neverReached, last)))
        .isEmpty();
  }

  @Test
  void reprices_fewer_carts_when_each_is_expensive() {
    String nineteen =
        Collections.nCopies(19, "{type: 'percent_off_shipping', percent: '1'}").toString();
    String tier = "{type: 'tiered_quantity', tiers: [{from: 10, percent: '10'}]}";
    String rule = "{effects: [" + tier + ", " + nineteen.substring(1) + "}";
    String[] rules = Collections.nCopies(250, rule).toArray(String[]::new);

    assertThat(of(RuleDsl.cart(lines(20)), TestRules.fromText(rules))).hasSize(10);
    assertThat(of(RuleDsl.cart(lines(250)), TestRules.fromText(rules))).hasSize(1);
  }

  @Test
  void does_not_reprice_for_a_rule_that_cannot_apply() {
    String secret =
        "{code: 'SECRET', effects: [{type: 'tiered_quantity', tiers: [{from: 10, percent:"
            + " '10'}]}]}";
    String last =
        "{type: 'tiered_quantity', target: {skus: ['LAST']}, tiers: [{from: 2, percent: '10'}]}";

    assertThat(
            joined(
                of(RuleDsl.cart(lines(101) + "; 1 x 1.00 LAST"), TestRules.fromText(secret, last))))
        .isEqualTo("LAST 101: 1 for r2, 102.80");
  }

  @Test
  void no_hint_for_a_line_without_discount() {
    assertThat(joined(of(RuleDsl.cart("1 x 0 A; 10 x 1.00 B"), TestRules.fromText(BULK))))
        .isEqualTo("B 1: 40 for bulk, 40.00");
  }

  @Test
  void hints_a_free_line_that_discounts_other_lines() {
    RuleSet rules =
        TestRules.fromText(
            "{type: 'tiered_quantity', scope: 'target_total', tiers: [{from: 3, percent: '10'}]}");

    assertThat(joined(of(RuleDsl.cart("1 x 0 A; 1 x 1.00 B"), rules)))
        .isEqualTo("A 0: 1 for r1, 0.90; B 1: 1 for r1, 1.80");
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(line -> "1 x 1.00 S" + line)
        .collect(Collectors.joining("; "));
  }

  private static List<NextTier> of(Cart cart, RuleSet rules) {
    PricingRequest request = PricingRequest.of(cart, TestRules.AT);
    RuleSet set = rules.withPolicy(Policy.DEFAULT);
    return NextTierHints.of(request, set, Pricing.price(request, set));
  }

  private static String joined(List<NextTier> hints) {
    return hints.stream().map(NextTierHintsTest::format).collect(Collectors.joining("; "));
  }

  private static String format(NextTier next) {
    return next.sku()
        + " "
        + next.line()
        + ": "
        + next.addQuantity()
        + " for "
        + next.label()
        + ", "
        + next.newTotal().toPlainString();
  }
}
