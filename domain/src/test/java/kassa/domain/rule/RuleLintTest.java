package kassa.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.domain.rule.RuleLint.Finding;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLintTest {

  private static final String PERCENT = "{type: 'percent_off_order', percent: '10'}";

  @Test
  void finds_nothing_in_the_default_rule() {
    assertThat(RuleLint.check(TestRules.defaultRules().rules())).isEmpty();
    assertThat(RuleLint.check(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-01-01T00:00:00Z | 2026-01-01T00:00:00.000001Z | false
          2026-01-01T00:00:00Z | 2026-01-01T00:00:00Z        | true
          2026-01-01T00:00:00Z | 2025-12-31T23:59:59Z        | true
          2026-01-01T00:00:00Z | 2026-01-01T01:00:00+01:00   | true
          """)
  void finds_an_empty_validity_window(String from, String to, boolean found) {
    List<Finding> findings =
        RuleLint.check(
            RuleDsl.rules(
                rule("window: {from: '" + from + "', to: '" + to + "'}", PERCENT),
                rule("window: {from: '" + from + "'}", PERCENT),
                rule("window: {to: '" + to + "'}", PERCENT)));

    assertThat(findings)
        .extracting(RuleLintTest::format)
        .isEqualTo(found ? List.of("0 r1 /window empty_window") : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # effect                                                      | pointer of the finding
          type: 'percent_off_order', percent: '0'                       | /percent
          type: 'percent_off_order', percent: '0.0001'                  |
          type: 'percent_off_order', percent: '10', maxAmount: '0.00'   | /maxAmount
          type: 'percent_off_order', percent: '10', maxAmount: '0.01'   |
          type: 'amount_off_order', amount: '0'                         | /amount
          type: 'amount_off_order', amount: '0.000001'                  |
          type: 'percent_off_units', percent: '0'                       | /percent
          type: 'percent_off_units', percent: '1'                       |
          type: 'amount_off_units', amount: '0'                         | /amount
          type: 'amount_off_units', amount: '1'                         |
          type: 'amount_off_line', amount: '0'                          | /amount
          type: 'amount_off_line', amount: '1'                          |
          type: 'fixed_unit_price', unitPrice: '0'                      |
          type: 'tiered_quantity', tiers: [{from: 1, percent: '0'}, {from: 2, amountPerUnit: '0'}] | /tiers
          type: 'tiered_quantity', tiers: [{from: 1, percent: '0'}, {from: 2, percent: '1'}]       |
          type: 'tiered_quantity', tiers: [{from: 1, unitPrice: '0'}]   |
          type: 'tiered_order_amount', tiers: [{from: '0', percent: '0'}, {from: '2', amount: '0'}] | /tiers
          type: 'tiered_order_amount', tiers: [{from: '0', percent: '0'}, {from: '2', amount: '1'}] |
          type: 'quantity_group', size: 2, percent: '0'                 | /percent
          type: 'quantity_group', size: 2, amountPerUnit: '0'           | /amountPerUnit
          type: 'quantity_group', size: 2, amountPerUnit: '0.01'        |
          type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '0'  | /percent
          type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '1'  |
          type: 'nth_unit_percent', n: 2, percent: '0'                  | /percent
          type: 'nth_unit_percent', n: 2, percent: '1'                  |
          type: 'bundle_price', skus: {A: 1}, price: '0'                |
          type: 'free_gift', sku: 'A', unitPrice: '0'                   |
          type: 'percent_off_shipping', percent: '0'                    | /percent
          type: 'percent_off_shipping', percent: '1'                    |
          type: 'amount_off_shipping', amount: '0'                      | /amount
          type: 'amount_off_shipping', amount: '1'                      |
          type: 'percent_off_items_and_shipping', percent: '0'          | /percent
          type: 'percent_off_items_and_shipping', percent: '1'          |
          type: 'amount_off_items_and_shipping', amount: '0'            | /amount
          type: 'amount_off_items_and_shipping', amount: '1'            |
          """)
  void finds_an_effect_without_discount(String effect, @Nullable String pointer) {
    assertThat(RuleLint.check(RuleDsl.rules(rule("exclusive: false", PERCENT, "{" + effect + "}"))))
        .extracting(RuleLintTest::format)
        .isEqualTo(
            pointer == null ? List.of() : List.of("0 r1 /effects/1" + pointer + " no_effect"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # conditions                              | unreachable tiers of those from 100, 200 and 300
          minSubtotal: '99.99'                      |
          minSubtotal: '199.99'                     |
          minSubtotal: '200'                        | 0
          minSubtotal: '299.99'                     | 0
          minSubtotal: '300'                        | 0 1
          minSubtotal: '1000'                       | 0 1
          maxSubtotal: '300'                        |
          maxSubtotal: '299.99'                     | 2
          maxSubtotal: '200'                        | 2
          maxSubtotal: '99'                         | 0 1 2
          minSubtotal: '200', maxSubtotal: '250'    | 0 2
          not: {minSubtotal: '300'}                 | 2
          not: {minSubtotal: '300.01'}              |
          not: {minSubtotal: '200', channels: ['w']} |
          not: {maxSubtotal: '200'}                 |
          all: [{maxSubtotal: '250'}, {minSubtotal: '200'}] | 0 2
          any: [{maxSubtotal: '250'}, {minSubtotal: '200'}] |
          minQuantity: 300                          |
          """)
  void finds_an_amount_tier_that_conditions_make_unreachable(String when, @Nullable String tiers) {
    String tiered =
        "{type: 'tiered_order_amount', tiers: [{from: '100', percent: '1'},"
            + " {from: '200', percent: '2'}, {from: '300', percent: '3'}]}";

    assertThat(RuleLint.check(RuleDsl.rules(rule("when: {" + when + "}", tiered))))
        .extracting(RuleLintTest::format)
        .isEqualTo(neverReached(0, tiers));
  }

  @Test
  void keeps_a_lower_tier_that_an_earlier_effect_makes_reachable() {
    String tiered =
        "{type: 'tiered_order_amount', tiers: ["
            + "{from: '100', percent: '1'}, {from: '200', percent: '2'}]}";
    String freeShipping = "{type: 'percent_off_shipping', percent: '100'}";
    String shippingDiscount = "{type: 'amount_off_shipping', amount: '1'}";
    String gift = "{type: 'free_gift', sku: 'G', unitPrice: '1'}";
    String when = "when: {minSubtotal: '200'}";

    assertThat(RuleLint.check(RuleDsl.rules(rule(when, PERCENT, tiered)))).isEmpty();
    assertThat(
            RuleLint.check(RuleDsl.rules(rule(when, freeShipping, shippingDiscount, gift, tiered))))
        .extracting(RuleLintTest::format)
        .containsExactly("0 r1 /effects/3/tiers/0 tier_never_reached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # effect                              | conditions                    | unreachable tiers
          mode: 'volume', scope: 'line'         | minQuantity: 20               |
          mode: 'volume', scope: 'line'         | anyLineMinQuantity: 20        |
          mode: 'volume', scope: 'target_total' | minQuantity: 19.999           |
          mode: 'volume', scope: 'target_total' | minQuantity: 20               | 0
          mode: 'volume', scope: 'target_total' | minQuantity: 30               | 0 1
          mode: 'volume', scope: 'target_total' | anyLineMinQuantity: 20        | 0
          mode: 'volume', scope: 'target_total', target: {skus: ['A']} | minQuantity: 30 |
          mode: 'graduated', scope: 'target_total' | minQuantity: 30            |
          mode: 'volume', scope: 'line'         | not: {minQuantity: 30}        | 2
          mode: 'volume', scope: 'line'         | not: {minQuantity: 30.001}    |
          mode: 'volume', scope: 'target_total' | not: {minQuantity: 20}        | 1 2
          mode: 'volume', scope: 'line'         | not: {anyLineMinQuantity: 20} | 1 2
          mode: 'volume', scope: 'target_total' | not: {anyLineMinQuantity: 20} |
          mode: 'graduated', scope: 'line'      | not: {minQuantity: 30}        |
          mode: 'graduated', scope: 'line'      | not: {minQuantity: 29}        | 2
          mode: 'volume', scope: 'target_total' | minSubtotal: '30'             |
          """)
  void finds_a_quantity_tier_that_conditions_make_unreachable(
      String effect, String when, @Nullable String tiers) {
    String tiered =
        "{type: 'tiered_quantity', "
            + effect
            + ", tiers: [{from: 10, percent: '1'},"
            + " {from: 20, percent: '2'}, {from: 30, percent: '3'}]}";

    assertThat(RuleLint.check(RuleDsl.rules(rule("when: {" + when + "}", tiered))))
        .extracting(RuleLintTest::format)
        .isEqualTo(neverReached(0, tiers));
  }

  @Test
  void finds_a_code_used_by_two_rules_at_the_same_time() {
    assertThat(
            RuleLint.check(
                RuleDsl.rules(
                    rule("code: 'SUMMER'", PERCENT),
                    rule("code: 'WINTER'", PERCENT),
                    rule("code: ' summer '", PERCENT))))
        .extracting(RuleLintTest::format)
        .containsExactly("2 r3 /code repeated_code");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          from: '2026-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' | false
          to: '2026-06-01T00:00:00Z'                               | false
          to: '2026-06-01T00:00:00.000001Z'                        | true
          from: '2027-01-01T00:00:00Z'                             | false
          from: '2026-12-31T23:59:59Z'                             | true
          from: '2026-07-01T00:00:00Z', to: '2026-07-01T00:00:00Z' | false
          """)
  void ignores_a_code_reused_in_another_window(String window, boolean found) {
    String summer = "from: '2026-06-01T00:00:00Z', to: '2027-01-01T00:00:00Z'";

    assertThat(
            RuleLint.check(
                    RuleDsl.rules(
                        rule("code: 'A', window: {" + summer + "}", PERCENT),
                        rule("code: 'A', window: {" + window + "}", PERCENT)))
                .stream()
                .anyMatch(finding -> finding.code().equals("repeated_code")))
        .isEqualTo(found);
    assertThat(
            RuleLint.check(
                    RuleDsl.rules(
                        rule("code: 'A', window: {" + window + "}", PERCENT),
                        rule("code: 'A', window: {" + summer + "}", PERCENT)))
                .stream()
                .anyMatch(finding -> finding.code().equals("repeated_code")))
        .isEqualTo(found);
  }

  @Test
  void finds_rules_hidden_by_an_always_applying_exclusive_rule() {
    assertThat(
            RuleLint.check(
                RuleDsl.rules(
                    rule("priority: 9", PERCENT),
                    rule("priority: 9, exclusive: true, when: {minQuantity: 2}", PERCENT),
                    rule("exclusive: true", PERCENT),
                    rule("exclusive: true", PERCENT),
                    rule("exclusive: true, priority: 1, code: 'A'", PERCENT))))
        .extracting(RuleLintTest::format)
        .containsExactly("0 r1  hidden_by_exclusive", "3 r4  hidden_by_exclusive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # an exclusive rule with this and ...        | ... this effect                     | hides
          priority: 0                                  | type: 'percent_off_order', percent: '1' | true
          priority: 0                                  | type: 'percent_off_order', percent: '0' | false
          priority: 0                                  | type: 'percent_off_order', percent: '1', target: {skus: ['A']} | false
          priority: 0                                  | type: 'amount_off_order', amount: '1' | true
          priority: 0                                  | type: 'amount_off_order', amount: '1', target: {skus: ['A']} | false
          priority: 0                                  | type: 'amount_off_order', amount: '1.5' | false
          priority: 0                                  | type: 'percent_off_units', percent: '1' | true
          priority: 0                                  | type: 'percent_off_units', percent: '1', target: {tags: ['A']} | false
          priority: 0                                  | type: 'amount_off_line', amount: '1' | true
          priority: 0                                  | type: 'amount_off_line', amount: '1', target: {excludeOnSale: true} | false
          priority: 0                                  | type: 'fixed_unit_price', unitPrice: '0' | true
          priority: 0                                  | type: 'fixed_unit_price', unitPrice: '0', target: {priceMin: '1'} | false
          priority: 0                                  | type: 'fixed_unit_price', unitPrice: '1' | false
          priority: 0                                  | type: 'percent_off_items_and_shipping', percent: '1' | true
          priority: 0                                  | type: 'amount_off_items_and_shipping', amount: '1' | true
          priority: 0                                  | type: 'percent_off_shipping', percent: '1' | false
          priority: 0                                  | type: 'tiered_quantity', tiers: [{from: 1, percent: '9'}] | false
          code: 'A'                                    | type: 'percent_off_order', percent: '1' | false
          currency: 'USD'                              | type: 'percent_off_order', percent: '1' | false
          window: {from: '2020-01-01T00:00:00Z'}       | type: 'percent_off_order', percent: '1' | false
          limits: {total: 5}                           | type: 'percent_off_order', percent: '1' | false
          when: {minQuantity: 1}                       | type: 'percent_off_order', percent: '1' | false
          """)
  void finds_rules_hidden_only_by_an_always_applying_rule(
      String fields, String effect, boolean hides) {
    assertThat(
            RuleLint.check(
                    RuleDsl.rules(
                        rule("exclusive: true, " + fields, "{" + effect + "}"),
                        rule("priority: 1", PERCENT)))
                .stream()
                .filter(finding -> finding.code().equals("hidden_by_exclusive"))
                .map(RuleLintTest::format))
        .isEqualTo(hides ? List.of("1 r2  hidden_by_exclusive") : List.of());
  }

  @Test
  void ignores_exclusive_rules_that_do_not_always_apply() {
    Rule plain = RuleDsl.rule("r1", rule("exclusive: true", PERCENT));
    Rule other = RuleDsl.rule("r2", PERCENT);
    Rule fractionalAmount =
        RuleDsl.rule(
            "r3", rule("exclusive: true", PERCENT, "{type: 'amount_off_order', amount: '1.50'}"));

    assertThat(RuleLint.check(List.of(new Rule(plain.id(), 1, true, plain.definition()), other)))
        .isEmpty();
    assertThat(RuleLint.check(List.of(fractionalAmount, other))).isEmpty();
  }

  @Test
  void sorts_findings_by_rule() {
    assertThat(
            RuleLint.check(
                RuleDsl.rules(
                    rule("priority: 1", "{type: 'amount_off_order', amount: '0'}"),
                    rule("exclusive: true", PERCENT),
                    rule(
                        "window: {from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z'}",
                        PERCENT))))
        .extracting(RuleLintTest::format)
        .containsExactly(
            "0 r1 /effects/0/amount no_effect",
            "0 r1  hidden_by_exclusive",
            "2 r3 /window empty_window",
            "2 r3  hidden_by_exclusive");
  }

  @Test
  void explains_why_a_tier_is_unreachable() {
    String tiers =
        "{type: 'tiered_order_amount', tiers: ["
            + "{from: '100', percent: '10'}, {from: '200', percent: '20'}]}";

    assertThat(RuleLint.check(RuleDsl.rules(rule("when: {maxSubtotal: '199'}", tiers))))
        .extracting(Finding::detail)
        .containsExactly("the conditions exclude all orders that reach this tier");
    assertThat(RuleLint.check(RuleDsl.rules(rule("when: {minSubtotal: '200'}", tiers))))
        .extracting(Finding::detail)
        .containsExactly("the conditions exclude all orders below the next tier");
  }

  private static String rule(String fields, String... effects) {
    return "{" + fields + ", effects: [" + String.join(", ", effects) + "]}";
  }

  private static List<String> neverReached(int effect, @Nullable String tiers) {
    return tiers == null
        ? List.of()
        : List.of(tiers.split(" ", -1)).stream()
            .map(tier -> "0 r1 /effects/" + effect + "/tiers/" + tier + " tier_never_reached")
            .toList();
  }

  private static String format(Finding finding) {
    return finding.rule() + " " + finding.ruleId() + " " + finding.pointer() + " " + finding.code();
  }
}
