package kassa.domain.rule.json;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.rule.AmountTier;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Condition;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.Pick;
import kassa.domain.rule.Policy;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Reduction;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleCombination;
import kassa.domain.rule.RuleCombination.Level;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleNames;
import kassa.domain.rule.Target;
import kassa.domain.rule.UnitChoice;
import kassa.domain.rule.UsageLimits;
import kassa.domain.rule.ValidityWindow;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTest {

  private static final String EFFECTS = "effects: [{type: 'percent_off_order', percent: '10'}]";

  private static RuleDefinition read(String fields) {
    return RuleDsl.rule("r", "{" + fields + ", " + EFFECTS + "}").definition();
  }

  private static Effect effect(String fields) {
    return RuleDsl.rule("r", "{effects: [{" + fields + "}]}").definition().effects().getFirst();
  }

  /**
   * All violations of a definition, as pointers with their codes; those of the form with a star.
   */
  private static String violations(String json) {
    Violations violations = new Violations();
    RuleDefinition read = RuleReader.read(RuleDsl.json(json), "", violations);
    assertThat(read == null).isEqualTo(!violations.isEmpty());
    return violations.reported().stream()
        .map(violation ->
            violation.pointer() + " " + violation.code() + (violation.isMalformed() ? "*" : ""))
        .collect(Collectors.joining(", "));
  }

  @Test
  void reads_a_complete_rule() {
    RuleDefinition read =
        read(
            "name: 'Bulk', label: 'Bulk 10%', priority: -7, code: ' SUMMER ', currency: 'JPY',"
                + " window: {from: '2026-06-01T00:00:00+02:00', to: '2026-07-01T00:00:00.000001Z'},"
                + " limits: {total: 1, perCode: 2, perCustomer: 3,"
                + " budget: {type: 'spend', limit: '99.50'}, reusableAfterCancel: false},"
                + " exclusive: true, combinable: false, level: 'item', bestOfGroup: 'g'");

    assertThat(read)
        .isEqualTo(
            new RuleDefinition(
                new RuleNames("Bulk", "Bulk 10%"),
                new Code("summer"),
                Currency.getInstance("JPY"),
                new ValidityWindow(
                    Instant.parse("2026-05-31T22:00:00Z"),
                    Instant.parse("2026-07-01T00:00:00.000001Z")),
                new UsageLimits(
                    1L, 2L, 3L, new Budget.Spend(Amount.parse("limit", "99.50")), false),
                Condition.Group.EMPTY,
                List.of(new Effect.PercentOffOrder(Percentage.parse("10"), null, Target.ALL)),
                new RuleCombination(-7, true, false, Level.ITEM, "g")));
    assertThat(Objects.requireNonNull(read.code()).value()).isEqualTo("SUMMER");
  }

  @Test
  void reads_a_minimal_rule() {
    RuleDefinition read = RuleDsl.rule("r", "{" + EFFECTS + "}").definition();

    assertThat(read)
        .isEqualTo(
            new RuleDefinition(
                RuleNames.NONE,
                null,
                null,
                ValidityWindow.ALWAYS,
                UsageLimits.NONE,
                Condition.Group.EMPTY,
                read.effects(),
                RuleCombination.DEFAULT));
    assertThat(read("limits: {budget: {type: 'usage', limit: 5}}").limits())
        .isEqualTo(new UsageLimits(null, null, null, new Budget.Usage(5), true));
    assertThat(read("limits: {}").limits().hasAny()).isFalse();
    assertThat(read("window: {}").window()).isEqualTo(ValidityWindow.ALWAYS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          name: ''                                    | /name empty
          name: 'two\\nlines'                         | /name malformed
          name: 5                                     | /name wrong_type*
          label: ''                                   | /label empty
          bestOfGroup: ''                             | /bestOfGroup empty
          priority: 1000001                           | /priority out_of_range
          priority: -1000001                          | /priority out_of_range
          priority: 1.5                               | /priority too_precise
          priority: '1'                               | /priority wrong_type*
          code: ' '                                   | /code empty
          currency: 'XXX'                             | /currency unknown_currency
          currency: 'usd'                             | /currency unknown_currency
          currency: 'ABC'                             | /currency unknown_currency
          window: []                                  | /window wrong_type*
          window: {from: '2026-06-01'}                | /window/from malformed
          window: {from: '2026-06-01T00:00:00'}       | /window/from malformed
          window: {to: '+12026-06-01T00:00:00Z'}      | /window/to malformed
          window: {until: '2026-06-01T00:00:00Z'}     | /window/until unknown_field*
          limits: {total: -1}                         | /limits/total out_of_range
          limits: {total: 1000000000001}              | /limits/total out_of_range
          limits: {perCode: -1, perCustomer: -1}      | /limits/perCode out_of_range, /limits/perCustomer out_of_range
          limits: {perCode: 1000000000001, perCustomer: 1000000000001} | /limits/perCode out_of_range, /limits/perCustomer out_of_range
          limits: {reusableAfterCancel: 'yes'}        | /limits/reusableAfterCancel wrong_type*
          limits: {most: 1}                           | /limits/most unknown_field*
          limits: {budget: {}}                        | /limits/budget/type missing_field
          limits: {budget: {type: 'money', limit: 1}} | /limits/budget/type out_of_range
          limits: {budget: {type: 'spend'}}           | /limits/budget/limit missing_field
          limits: {budget: {type: 'spend', limit: 1}} | /limits/budget/limit wrong_type*
          limits: {budget: {type: 'usage', limit: '1'}} | /limits/budget/limit wrong_type*
          limits: {budget: {type: 'usage', limit: -1}} | /limits/budget/limit out_of_range
          limits: {budget: {type: 'usage', limit: 1000000000001}} | /limits/budget/limit out_of_range
          limits: {budget: {type: 'usage', limit: 1, per: 1}} | /limits/budget/per unknown_field*
          exclusive: 'true'                           | /exclusive wrong_type*
          combinable: 1                               | /combinable wrong_type*
          level: 'line'                               | /level out_of_range
          level: 'ITEM'                               | /level out_of_range
          prio: 1                                     | /prio unknown_field*
          'a/b~c': 1                                  | /a~1b~0c unknown_field*
          # Several at once.
          name: '', priority: 'x', when: {minQuantity: 0}, prio: 1 | /name empty, /priority wrong_type*, /when/minQuantity out_of_range, /prio unknown_field*
          """)
  void reports_violations_of_a_field(String fields, String violations) {
    assertThat(violations("{" + fields + ", " + EFFECTS + "}")).isEqualTo(violations);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          priority: 1000000
          priority: -1000000
          limits: {total: 0, perCode: 0, perCustomer: 0, budget: {type: 'usage', limit: 0}}
          limits: {total: 1000000000000, perCode: 1000000000000, perCustomer: 1000000000000}
          limits: {budget: {type: 'usage', limit: 1000000000000}}
          window: {from: '9999-12-31T23:59:59.999999Z'}
          window: {from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z'}
          """)
  void accepts_boundary_values(String fields) {
    assertThat(violations("{" + fields + ", " + EFFECTS + "}")).isEmpty();
  }

  @Test
  void accepts_texts_of_at_most_200_characters() {
    for (String name : List.of("name", "label", "bestOfGroup")) {
      assertThat(violations("{" + name + ": '" + "x".repeat(200) + "', " + EFFECTS + "}"))
          .isEmpty();
      assertThat(violations("{" + name + ": '" + "x".repeat(201) + "', " + EFFECTS + "}"))
          .isEqualTo("/" + name + " too_long");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {}                       | /effects missing_field
          {effects: []}            | /effects empty
          {effects: {}}            | /effects wrong_type*
          {effects: [5]}           | /effects/0 wrong_type*
          {effects: [{}]}          | /effects/0/type missing_field
          {effects: [{type: 'x', odd: 1}]} | /effects/0/type out_of_range
          []                       | " wrong_type*"
          """)
  void reports_violations_of_the_whole_rule(String json, String violations) {
    assertThat(violations(json)).isEqualTo(violations);
  }

  @Test
  void accepts_at_most_20_effects() {
    String effect = "{type: 'percent_off_shipping', percent: '1'}";

    assertThat(violations(effects(effect, 20))).isEmpty();
    assertThat(violations(effects(effect, 21))).isEqualTo("/effects too_many");
  }

  private static String effects(String effect, int count) {
    return "{effects: ["
        + IntStream.range(0, count).mapToObj(_ -> effect).collect(Collectors.joining(", "))
        + "]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # effect                                                           | violations under /effects/0
          type: 'percent_off_order'                                          | /percent missing_field
          type: 'percent_off_order', percent: '100.0001'                     | /percent out_of_range
          type: 'percent_off_order', percent: '-1'                           | /percent out_of_range
          type: 'percent_off_order', percent: '0.00001'                      | /percent too_precise
          type: 'percent_off_order', percent: 10                             | /percent wrong_type*
          type: 'percent_off_order', percent: '1', maxAmount: 1              | /maxAmount wrong_type*
          type: 'percent_off_order', percent: '1', amount: '1'               | /amount unknown_field*
          type: 'percent_off_order', percent: 'ten', maxAmount: 'x', target: {skus: 'x'} | /maxAmount malformed, /target/skus wrong_type*, /percent malformed
          type: 'amount_off_order'                                           | /amount missing_field
          type: 'amount_off_order', amount: '-1'                             | /amount out_of_range
          type: 'amount_off_order', amount: '1000000000000.000001'           | /amount out_of_range
          type: 'amount_off_order', amount: '0.0000001'                      | /amount too_precise
          type: 'percent_off_units', percent: '1', maxUnits: 0               | /maxUnits out_of_range
          type: 'percent_off_units', percent: '1', maxUnits: 1000001         | /maxUnits out_of_range
          type: 'percent_off_units', percent: '1', maxUnitsPerLine: 0        | /maxUnitsPerLine out_of_range
          type: 'percent_off_units', percent: '1', maxUnitsPerLine: 1000001  | /maxUnitsPerLine out_of_range
          type: 'percent_off_units', percent: '1', pick: 'first'             | /pick out_of_range
          type: 'amount_off_units'                                           | /amount missing_field
          type: 'amount_off_line'                                            | /amount missing_field
          type: 'fixed_unit_price'                                           | /unitPrice missing_field
          type: 'tiered_quantity'                                            | /tiers missing_field
          type: 'tiered_quantity', tiers: []                                 | /tiers empty
          type: 'tiered_quantity', tiers: [{percent: '1'}]                   | /tiers/0/from missing_field
          type: 'tiered_quantity', tiers: [{from: 0, percent: '1'}]          | /tiers/0/from out_of_range
          type: 'tiered_quantity', tiers: [{from: 1}]                        | /tiers/0/percent missing_field
          type: 'tiered_quantity', tiers: [{from: 1, percent: '1', unitPrice: '1'}] | /tiers/0/unitPrice repeated
          type: 'tiered_quantity', tiers: [{from: 1, percent: '1', amountPerUnit: '1'}] | /tiers/0/amountPerUnit repeated
          type: 'tiered_quantity', tiers: [{from: 1, percent: '1', amount: '1'}] | /tiers/0/amount unknown_field*
          type: 'tiered_quantity', tiers: [{from: 1, percent: '1', label: ''}] | /tiers/0/label empty
          type: 'tiered_quantity', tiers: [{from: 1, unitPrice: 'x'}]        | /tiers/0/unitPrice malformed
          type: 'tiered_quantity', tiers: [{from: 2, percent: '1'}, {from: 2, percent: '2'}] | /tiers/1/from out_of_range
          type: 'tiered_quantity', tiers: [{from: 1, percent: '1'}, {from: 3, percent: '1'}, {from: 2.999, percent: '2'}] | /tiers/2/from out_of_range
          type: 'tiered_quantity', mode: 'x', scope: 'y', tiers: [{from: 1, percent: '1'}] | /mode out_of_range, /scope out_of_range
          type: 'tiered_order_amount', tiers: [{from: 1, percent: '1'}]      | /tiers/0/from wrong_type*
          type: 'tiered_order_amount', tiers: [{from: '1', unitPrice: '1'}]  | /tiers/0/percent missing_field, /tiers/0/unitPrice unknown_field*
          type: 'tiered_order_amount', tiers: [{from: '1', percent: '1', label: 1}] | /tiers/0/label wrong_type*
          type: 'tiered_order_amount', tiers: [{from: '1', percent: '1'}, {from: '1', percent: '1'}] | /tiers/1/from out_of_range
          type: 'tiered_order_amount', tiers: [{from: '1', percent: '1'}], target: {} | /target unknown_field*
          type: 'quantity_group', percent: '1'                               | /size missing_field
          type: 'quantity_group', size: 0, percent: '1'                      | /size out_of_range
          type: 'quantity_group', size: 1000001, percent: '1'                | /size out_of_range
          type: 'quantity_group', size: 2                                    | /percent missing_field
          type: 'quantity_group', size: 2, percent: '1', amountPerUnit: '1'  | /amountPerUnit repeated
          type: 'buy_x_get_y'                                                | /buyQuantity missing_field, /getQuantity missing_field, /percent missing_field
          type: 'buy_x_get_y', buyQuantity: 0, getQuantity: 0, percent: '1'  | /buyQuantity out_of_range, /getQuantity out_of_range
          type: 'buy_x_get_y', buyQuantity: 1000001, getQuantity: 1000001, percent: '1'  | /buyQuantity out_of_range, /getQuantity out_of_range
          type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '1', maxSets: 0, partialGet: 1 | /maxSets out_of_range, /partialGet wrong_type*
          type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '1', maxSets: 1000001 | /maxSets out_of_range
          type: 'buy_x_get_y', buyQuantity: 1, getQuantity: 1, percent: '1', buyTarget: {sku: 'A'}, getTarget: 1 | /buyTarget/sku unknown_field*, /getTarget wrong_type*
          type: 'nth_unit_percent'                                           | /n missing_field, /percent missing_field
          type: 'nth_unit_percent', n: 0, percent: '1'                       | /n out_of_range
          type: 'nth_unit_percent', n: 1000001, percent: '1', maxSets: 0     | /n out_of_range, /maxSets out_of_range
          type: 'nth_unit_percent', n: 2, percent: '1', maxSets: 1000001     | /maxSets out_of_range
          type: 'bundle_price', price: '1'                                   | /skus missing_field
          type: 'bundle_price', skus: {A: 1}                                 | /price missing_field
          type: 'bundle_price', skus: {}, price: '1'                         | /skus missing_field
          type: 'bundle_price', skus: {A: 0}, price: '1'                     | /skus/A out_of_range
          type: 'bundle_price', skus: {A: 1000001}, price: '1'               | /skus/A out_of_range
          type: 'bundle_price', tags: {t: 1.5}, price: '1'                   | /tags/t too_precise
          type: 'bundle_price', skus: {'': 1}, price: '1'                    | /skus/ empty
          type: 'bundle_price', skus: {A: 1}, price: '1', maxSets: 0         | /maxSets out_of_range
          type: 'bundle_price', skus: {A: 1}, price: '1', maxSets: 1000001   | /maxSets out_of_range
          type: 'free_gift'                                                  | /sku missing_field, /unitPrice missing_field
          type: 'free_gift', sku: 'A', unitPrice: '1', perUnitOfSku: ''      | /perUnitOfSku empty
          type: 'percent_off_shipping'                                       | /percent missing_field
          type: 'amount_off_shipping'                                        | /amount missing_field
          type: 'percent_off_items_and_shipping'                             | /percent missing_field
          type: 'amount_off_items_and_shipping'                              | /amount missing_field
          # Targets.
          type: 'amount_off_line', amount: '1', target: {skus: ['A', 'A']}   | /target/skus repeated
          type: 'amount_off_line', amount: '1', target: {skus: [1]}          | /target/skus/0 wrong_type*
          type: 'amount_off_line', amount: '1', target: {tags: 't'}          | /target/tags wrong_type*
          type: 'amount_off_line', amount: '1', target: {excludeTags: ['']}  | /target/excludeTags/0 empty
          type: 'amount_off_line', amount: '1', target: {priceMin: '2', priceMax: '1.999999'} | /target/priceMax out_of_range
          type: 'amount_off_line', amount: '1', target: {priceMin: 1}        | /target/priceMin wrong_type*
          type: 'amount_off_line', amount: '1', target: {excludeOnSale: 0}   | /target/excludeOnSale wrong_type*
          """)
  void reports_violations_of_an_effect(String effect, String violations) {
    assertThat(violations("{effects: [{" + effect + "}]}"))
        .isEqualTo("/effects/0" + violations.replace(", /", ", /effects/0/"));
  }

  @Test
  void reads_each_effect() {
    Percentage ten = Percentage.parse("10");
    Amount one = Amount.parse("amount", "1");
    Target a = new Target(Set.of(new Sku("A")), null, Set.of(), null, null, false);

    assertThat(
            effect(
                "type: 'percent_off_order', percent: '10', maxAmount: '1', target: {skus: ['A']}"))
        .isEqualTo(new Effect.PercentOffOrder(ten, one, a));
    assertThat(effect("type: 'amount_off_order', amount: '1', target: {skus: ['A']}"))
        .isEqualTo(new Effect.AmountOffOrder(one, a));
    assertThat(
            effect(
                "type: 'percent_off_units', percent: '10', target: {skus: ['A']}, maxUnits: 1,"
                    + " pick: 'cheapest', maxUnitsPerLine: 1000000"))
        .isEqualTo(
            new Effect.PercentOffUnits(ten, a, new UnitChoice(1L, Pick.CHEAPEST, 1_000_000L)));
    assertThat(
            effect(
                "type: 'amount_off_units', amount: '1', target: {skus: ['A']}, maxUnits: 1000000"))
        .isEqualTo(
            new Effect.AmountOffUnits(one, a, new UnitChoice(1_000_000L, Pick.LINE_ORDER, null)));
    assertThat(effect("type: 'amount_off_line', amount: '1', target: {skus: ['A']}"))
        .isEqualTo(new Effect.AmountOffLine(one, a));
    assertThat(effect("type: 'fixed_unit_price', unitPrice: '1', target: {skus: ['A']}"))
        .isEqualTo(new Effect.FixedUnitPrice(one, a));
    assertThat(
            effect(
                "type: 'tiered_quantity', mode: 'graduated', scope: 'target_total',"
                    + " target: {skus: ['A']}, tiers: [{from: 2, percent: '10', label: 'two'},"
                    + " {from: '2.5', unitPrice: '1'}, {from: 3, amountPerUnit: '1'}]"))
        .isEqualTo(
            new Effect.TieredQuantity(
                Mode.GRADUATED,
                Scope.TARGET_TOTAL,
                List.of(
                    new QuantityTier(Quantity.of(2), new Reduction.PercentOff(ten), "two"),
                    new QuantityTier(Quantity.parse("2.5"), new Reduction.FixedPrice(one), null),
                    new QuantityTier(Quantity.of(3), new Reduction.AmountOff(one), null)),
                a));
    assertThat(effect("type: 'tiered_quantity', tiers: [{from: 2, percent: '10'}]"))
        .isEqualTo(
            new Effect.TieredQuantity(
                Mode.VOLUME,
                Scope.LINE,
                List.of(new QuantityTier(Quantity.of(2), new Reduction.PercentOff(ten), null)),
                Target.ALL));
    assertThat(
            effect(
                "type: 'tiered_order_amount', tiers: [{from: '0', percent: '10', label: 'x'},"
                    + " {from: '1', amount: '1'}]"))
        .isEqualTo(
            new Effect.TieredOrderAmount(
                List.of(
                    new AmountTier(new Amount(0), new Reduction.PercentOff(ten), "x"),
                    new AmountTier(one, new Reduction.AmountOff(one), null))));
    assertThat(effect("type: 'quantity_group', size: 3, percent: '10', target: {skus: ['A']}"))
        .isEqualTo(new Effect.QuantityGroup(3, new Reduction.PercentOff(ten), a));
    assertThat(
            effect(
                "type: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, percent: '10',"
                    + " buyTarget: {skus: ['A']}, pick: 'most_expensive', maxSets: 5,"
                    + " partialGet: false"))
        .isEqualTo(new Effect.BuyXGetY(2, 1, ten, a, Target.ALL, Pick.MOST_EXPENSIVE, 5L, false));
    assertThat(
            effect(
                "type: 'buy_x_get_y', buyQuantity: 2, getQuantity: 1, percent: '10', getTarget:"
                    + " {skus: ['A']}"))
        .isEqualTo(new Effect.BuyXGetY(2, 1, ten, Target.ALL, a, Pick.LINE_ORDER, null, true));
    assertThat(
            effect(
                "type: 'nth_unit_percent', n: 3, percent: '10', maxSets: 2, target: {skus: ['A']}"))
        .isEqualTo(new Effect.NthUnitPercent(3, ten, 2L, a));
    assertThat(
            effect(
                "type: 'bundle_price', skus: {A: 1, B: 2}, tags: {t: 3}, price: '1', maxSets: 4"))
        .isEqualTo(
            new Effect.BundlePrice(
                new java.util.LinkedHashMap<>(Map.of(new Sku("A"), 1L, new Sku("B"), 2L)),
                new java.util.LinkedHashMap<>(Map.of(new Tag("t"), 3L)),
                one,
                4L));
    assertThat(effect("type: 'free_gift', sku: 'A', unitPrice: '1', perUnitOfSku: 'B'"))
        .isEqualTo(new Effect.FreeGift(new Sku("A"), one, new Sku("B")));
    assertThat(effect("type: 'percent_off_shipping', percent: '10'"))
        .isEqualTo(new Effect.PercentOffShipping(ten));
    assertThat(effect("type: 'amount_off_shipping', amount: '1'"))
        .isEqualTo(new Effect.AmountOffShipping(one));
    assertThat(effect("type: 'percent_off_items_and_shipping', percent: '10'"))
        .isEqualTo(new Effect.PercentOffItemsAndShipping(ten));
    assertThat(effect("type: 'amount_off_items_and_shipping', amount: '1'"))
        .isEqualTo(new Effect.AmountOffItemsAndShipping(one));
  }

  @Test
  void reads_a_whole_target() {
    assertThat(
            effect(
                "type: 'amount_off_line', amount: '1', target: {skus: ['A'], tags: ['t', 'u'],"
                    + " excludeTags: ['x'], priceMin: '1', priceMax: '1', excludeOnSale: true}"))
        .isEqualTo(
            new Effect.AmountOffLine(
                Amount.parse("amount", "1"),
                new Target(
                    Set.of(new Sku("A")),
                    Set.of(new Tag("t"), new Tag("u")),
                    Set.of(new Tag("x")),
                    Amount.parse("priceMin", "1"),
                    Amount.parse("priceMax", "1"),
                    true)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skus: ['A']",
        "tags: ['A']",
        "excludeTags: ['A']",
        "priceMin: '1'",
        "priceMax: '1'",
        "excludeOnSale: true"
      })
  void a_target_with_a_filter_does_not_cover_all_lines(String field) {
    Effect.AmountOffLine effect =
        (Effect.AmountOffLine)
            effect("type: 'amount_off_line', amount: '1', target: {" + field + "}");

    assertThat(effect.target().isAll()).isFalse();
    assertThat(Target.ALL.isAll()).isTrue();
  }

  @Test
  void limits_tiers_skus_and_bundle_parts() {
    assertThat(violations(tiers(100))).isEmpty();
    assertThat(violations(tiers(101))).isEqualTo("/effects/0/tiers too_many");
    for (String name : List.of("skus", "tags", "excludeTags")) {
      assertThat(violations(targeted(name, 1_000))).isEmpty();
      assertThat(violations(targeted(name, 1_001)))
          .isEqualTo("/effects/0/target/" + name + " too_many");
    }
    for (String name : List.of("skus", "tags")) {
      assertThat(violations(bundle(name, 50))).isEmpty();
      assertThat(violations(bundle(name, 51))).isEqualTo("/effects/0/" + name + " out_of_range");
    }
  }

  private static String tiers(int count) {
    return "{effects: [{type: 'tiered_quantity', tiers: ["
        + joined(count, i -> "{from: " + (i + 1) + ", percent: '1'}")
        + "]}]}";
  }

  private static String targeted(String name, int count) {
    return "{effects: [{type: 'amount_off_line', amount: '1', target: {"
        + name
        + ": ["
        + joined(count, i -> "'S" + i + "'")
        + "]}}]}";
  }

  private static String bundle(String name, int count) {
    return "{effects: [{type: 'bundle_price', price: '1', "
        + name
        + ": {"
        + joined(count, i -> "S" + i + ": 1")
        + "}}]}";
  }

  private static String joined(int count, java.util.function.IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining(", "));
  }

  @Test
  void reads_each_condition() {
    Condition.Group when =
        read("when: {minSubtotal: '1', maxSubtotal: '2', minQuantity: 1.5,"
                + " anyLineMinQuantity: '2', skuQuantity: {skus: ['A'], min: 3},"
                + " containsAnySku: ['A'], containsAllSkus: ['A'], containsAnyTag: ['t'],"
                + " tagSubtotal: {tag: 't', min: '4'}, customerGroups: ['vip'], nthOrder: 1,"
                + " channels: ['web'], shippingMethods: ['post'], noSaleItems: true,"
                + " weekdays: ['mon', 'sunday'],"
                + " timeOfDay: {from: '09:00', to: '17:30', zone: 'Europe/Berlin'},"
                + " metadata: {k: 'v'}, not: {minQuantity: 1}, any: [{minQuantity: 1}],"
                + " all: [{minQuantity: 1}, {}]}")
            .when();
    Condition.Group one = group("minQuantity", new Condition.MinQuantity(Quantity.of(1)));
    ZoneId berlin = ZoneId.of("Europe/Berlin");

    assertThat(when.entries().values())
        .containsExactly(
            new Condition.MinSubtotal(Amount.parse("a", "1")),
            new Condition.MaxSubtotal(Amount.parse("a", "2")),
            new Condition.MinQuantity(Quantity.parse("1.5")),
            new Condition.AnyLineMinQuantity(Quantity.of(2)),
            new Condition.SkuQuantity(Set.of(new Sku("A")), Quantity.of(3)),
            new Condition.ContainsAnySku(Set.of(new Sku("A"))),
            new Condition.ContainsAllSkus(Set.of(new Sku("A"))),
            new Condition.ContainsAnyTag(Set.of(new Tag("t"))),
            new Condition.TagSubtotal(new Tag("t"), Amount.parse("a", "4")),
            new Condition.CustomerGroups(Set.of("vip")),
            new Condition.NthOrder(1),
            new Condition.Channels(Set.of("web")),
            new Condition.ShippingMethods(Set.of("post")),
            new Condition.NoSaleItems(),
            new Condition.Weekdays(Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY), berlin),
            new Condition.TimeOfDay(LocalTime.of(9, 0), LocalTime.of(17, 30), berlin),
            new Condition.MetadataValues(Map.of("k", "v")),
            new Condition.Not(one),
            new Condition.AnyOf(List.of(one)),
            new Condition.AllOf(List.of(one, Condition.Group.EMPTY)));
    assertThat(read("when: {timeOfDay: {}}").when().entries().get("timeOfDay"))
        .isEqualTo(new Condition.TimeOfDay(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneOffset.UTC));
    assertThat(
            read("when: {weekdays: ['friday'], timeOfDay: {from: '18:00', to: '04:00'}}")
                .when()
                .entries()
                .get("weekdays"))
        .isEqualTo(
            new Condition.Weekdays(Set.of(DayOfWeek.FRIDAY), ZoneOffset.UTC, LocalTime.of(4, 0)));
    assertThat(read("when: {weekdays: ['tuesday']}").when().entries().get("weekdays"))
        .isEqualTo(new Condition.Weekdays(Set.of(DayOfWeek.TUESDAY), ZoneOffset.UTC));
  }

  private static Condition.Group group(String name, Condition condition) {
    return new Condition.Group(new java.util.LinkedHashMap<>(Map.of(name, condition)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # condition                             | violations under /when
          minSubtotal: 1                          | /minSubtotal wrong_type*
          maxSubtotal: 'x'                        | /maxSubtotal malformed
          minQuantity: 0                          | /minQuantity out_of_range
          minQuantity: '1.0001'                   | /minQuantity too_precise
          minQuantity: true                       | /minQuantity wrong_type*
          anyLineMinQuantity: 1000000.001         | /anyLineMinQuantity out_of_range
          skuQuantity: {}                         | /skuQuantity/skus missing_field, /skuQuantity/min missing_field
          skuQuantity: {skus: [], min: 1}         | /skuQuantity/skus empty
          skuQuantity: {skus: ['A'], min: 1, max: 1} | /skuQuantity/max unknown_field*
          skuQuantity: []                         | /skuQuantity wrong_type*
          containsAnySku: 'A'                     | /containsAnySku wrong_type*
          containsAnyTag: ['t', 't']              | /containsAnyTag repeated
          tagSubtotal: {}                         | /tagSubtotal/tag missing_field, /tagSubtotal/min missing_field
          tagSubtotal: {tag: 't', min: '1', x: 1} | /tagSubtotal/x unknown_field*
          customerGroups: ['']                    | /customerGroups/0 empty
          nthOrder: 0                             | /nthOrder out_of_range
          nthOrder: 1000000001                    | /nthOrder out_of_range
          channels: [1]                           | /channels/0 wrong_type*
          noSaleItems: 1                          | /noSaleItems wrong_type*
          weekdays: ['mo']                        | /weekdays/0 out_of_range
          weekdays: ['Monday']                    | /weekdays/0 out_of_range
          timeOfDay: {from: '9'}                  | /timeOfDay/from malformed
          timeOfDay: {to: '24:30'}                | /timeOfDay/to malformed
          timeOfDay: {zone: 'Mars/North'}         | /timeOfDay/zone malformed
          timeOfDay: {at: '09:00'}                | /timeOfDay/at unknown_field*
          weekdays: ['mon'], timeOfDay: {zone: 'Mars/North'} | /timeOfDay/zone malformed
          metadata: {k: 1}                        | /metadata/k wrong_type*
          any: [{minQuantity: 0}]                 | /any/0/minQuantity out_of_range
          all: [{}, {x: 1}]                       | /all/1/x unknown_field*
          all: [5]                                | /all/0 wrong_type*
          not: {not: {x: 1}}                      | /not/not/x unknown_field*
          cheap: true                             | /cheap unknown_field*
          """)
  void reports_violations_of_a_condition(String when, String violations) {
    String expected = "/when" + violations.replace(", /", ", /when/");
    assertThat(violations("{when: {" + when + "}, " + EFFECTS + "}")).startsWith(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nthOrder: 1000000000",
        "anyLineMinQuantity: 1000000",
        "minQuantity: 0.001",
        "timeOfDay: {from: '23:59:59', to: '00:00'}"
      })
  void accepts_boundary_values_of_conditions(String when) {
    assertThat(violations("{when: {" + when + "}, " + EFFECTS + "}")).isEmpty();
  }

  @Test
  void accepts_at_most_64_conditions_including_nested() {
    assertThat(violations(nested(61))).isEmpty();
    assertThat(violations(nested(62))).isEqualTo("/when too_many");
    String negated = "{when: {all: [{not: {any: [{minQuantity: 1}]}}]}, " + EFFECTS + "}";
    assertThat(violations(negated)).isEmpty();
  }

  /** Conditions in two nested groups, and one condition outside of them. */
  private static String nested(int conditions) {
    return "{when: {minSubtotal: '1', not: {minSubtotal: '1'}, any: ["
        + joined(conditions - 1, _ -> "{minQuantity: 1}")
        + "]}, "
        + EFFECTS
        + "}";
  }

  @Test
  void limits_metadata_conditions() {
    assertThat(violations(metadata(50, 500))).isEmpty();
    assertThat(violations(metadata(51, 1))).isEqualTo("/when/metadata out_of_range");
    assertThat(violations(metadata(1, 501))).isEqualTo("/when/metadata/k0 too_long");
  }

  private static String metadata(int count, int length) {
    return "{when: {metadata: {"
        + joined(count, i -> "k" + i + ": '" + "x".repeat(length) + "'")
        + "}}, "
        + EFFECTS
        + "}";
  }

  @Test
  void collects_violations_of_several_rules() {
    Violations violations = new Violations();
    for (int i = 0; i < 2 * Violations.MAX_REPORTED; i++) {
      JsonObjectReader fields =
          new JsonObjectReader(RuleDsl.json("{effects: []}"), "/" + i, violations);
      assertThat(RuleReader.read(fields)).isNull();
      JsonObjectReader other =
          new JsonObjectReader(
              RuleDsl.json("{effects: [{type: 'amount_off_line', amount: '-1'}]}"),
              "/" + i,
              violations);
      assertThat(RuleReader.read(other)).isNull();
    }
    JsonObjectReader valid =
        new JsonObjectReader(RuleDsl.json("{" + EFFECTS + "}"), "/x", violations);
    assertThat(RuleReader.read(valid)).isNotNull();
    assertThat(violations.reported()).hasSize(Violations.MAX_REPORTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void a_rule_has_a_version_of_one_or_more(int version) {
    Rule rule = TestRules.defaultRules().rules().getFirst();

    assertRejected(
        Reason.OUT_OF_RANGE, () -> new Rule(rule.id(), version, false, rule.definition()));
    assertThat(new Rule(rule.id(), 1, false, rule.definition()).version()).isEqualTo(1);
  }

  @Test
  void a_definition_is_a_defensive_copy() {
    RuleDefinition it = read("name: 'x'");
    List<Effect> effects = new ArrayList<>(it.effects());
    RuleDefinition copy =
        new RuleDefinition(
            it.names(),
            it.code(),
            it.currency(),
            it.window(),
            it.limits(),
            it.when(),
            effects,
            it.combination());

    effects.clear();

    assertThat(copy).isEqualTo(it);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          name: 'n', label: 'l' | l
          name: 'n'             | n
          priority: 1           | r
          """)
  void label_defaults_to_name_then_id(String fields, String label) {
    assertThat(RuleDsl.rule("r", "{" + fields + ", " + EFFECTS + "}").label()).isEqualTo(label);
  }

  @Test
  void stored_rule_id_has_the_rule_prefix() {
    String text = "rul_01h455vb4pex5vsknk084sn02q";

    assertThat(RuleId.parse(text)).hasToString(text);
    assertThat(RuleId.of(RuleId.parse(text).toUuid())).isEqualTo(RuleId.parse(text));
    assertRejected(Reason.MALFORMED, () -> RuleId.parse(text.replace("rul", "ord")));
    assertRejected(Reason.MALFORMED, () -> new RuleId("mine").toUuid());
    assertRejected(Reason.EMPTY, () -> new RuleId(""));
    assertRejected(Reason.TOO_LONG, () -> new RuleId("x".repeat(65)));
    assertThat(new RuleId("x".repeat(64)).value()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          SUMMER,      summer,   true
          ' Summer ',  SUMMER,   true
          'straße',    STRASSE,  true
          'ﬁx',        FIX,      true
          SUMMER,      SUMMERS,  false
          """)
  void codes_are_case_insensitive(String one, String other, boolean same) {
    assertThat(new Code(one).equals(new Code(other))).isEqualTo(same);
    assertThat(new Code(one).hashCode() == new Code(other).hashCode()).isEqualTo(same);
    assertThat(new Code(one)).hasToString(one.strip());
  }

  @Test
  void space_of_unicode_around_a_code_does_not_count() {
    assertThat(Code.parse("\u00A0\u3000SAVE\u202F\u2007")).isEqualTo(new Code("save"));
    assertThat(Code.parse("cafe\u0301")).isEqualTo(Code.parse("CAF\u00C9"));
  }

  @Test
  void entered_text_that_is_no_code_is_an_unknown_code() {
    assertThat(Code.entered(" \u00A0").value()).isEmpty();
    assertThat(Code.entered("x".repeat(65)).value()).isEqualTo("x".repeat(63) + "\uFFFD");
    assertThat(Code.entered("SA\u200BVE\u0000").value()).isEqualTo("SAVE\uFFFD");
    assertThat(Code.entered("SAVE")).isEqualTo(new Code("SAVE"));
    assertRejected(Reason.MALFORMED, () -> Code.parseNew("SAVE\uFFFD"));
    assertRejected(Reason.MALFORMED, () -> Code.parseNew(".."));
  }

  @Test
  void a_code_has_1_to_64_characters() {
    assertRejected(Reason.EMPTY, () -> Code.parse(" \u00A0\u2003"));
    assertRejected(Reason.TOO_LONG, () -> Code.parse("x".repeat(65)));
    assertThat(new Code("x".repeat(64)).key()).hasSize(64);
    assertThat(new Code("x")).isNotEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-05-31T23:59:59.999999Z, true,  false
          2026-06-01T00:00:00Z,        false, false
          2026-06-30T23:59:59.999999Z, false, false
          2026-07-01T00:00:00Z,        false, true
          """)
  void a_window_includes_its_start_and_excludes_its_end(
      Instant at, boolean startsAfter, boolean hasEnded) {
    ValidityWindow window =
        new ValidityWindow(
            Instant.parse("2026-06-01T00:00:00Z"), Instant.parse("2026-07-01T00:00:00Z"));

    assertThat(window.startsAfter(at)).isEqualTo(startsAfter);
    assertThat(window.hasEndedBy(at)).isEqualTo(hasEnded);
    assertThat(ValidityWindow.ALWAYS.startsAfter(at)).isFalse();
    assertThat(ValidityWindow.ALWAYS.hasEndedBy(at)).isFalse();
    assertThat(window.isEmpty()).isFalse();
  }

  @Test
  void reads_a_policy_with_defaults() {
    Policy original = RuleDsl.policy("{stackBase: 'original', resolver: 'best_total_per_level'}");
    Violations violations = new Violations();

    assertThat(original.stackBase()).isEqualTo(Policy.StackBase.ORIGINAL);
    assertThat(original.resolver()).isEqualTo(Policy.Resolver.BEST_TOTAL_PER_LEVEL);
    assertThat(
            PolicyReader.read(
                new JsonObjectReader(
                    RuleDsl.json(
                        "{effectBase: 'promotion_start', roundOn: 'net', taxRoundAt: 'unit',"
                            + " unitsConsumed: 'spread', resolver: 'best_total'}"),
                    "",
                    violations),
                original))
        .isEqualTo(
            new Policy(
                Policy.StackBase.ORIGINAL,
                Policy.EffectBase.PROMOTION_START,
                Policy.Resolver.BEST_TOTAL,
                Policy.RoundOn.NET,
                Policy.TaxRoundAt.UNIT,
                Policy.UnitsConsumed.SPREAD));
    assertThat(violations.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stackBase",
        "effectBase",
        "resolver",
        "roundOn",
        "taxRoundAt",
        "unitsConsumed",
        "other"
      })
  void rejects_unknown_policy_fields(String field) {
    assertThatThrownBy(() -> RuleDsl.policy("{" + field + ": 'x'}"))
        .hasMessageContaining("/" + field);
  }
}
