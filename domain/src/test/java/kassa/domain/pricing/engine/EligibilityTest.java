package kassa.domain.pricing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import kassa.domain.pricing.CodeUsage;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestCarts;
import kassa.domain.testing.TestRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Eligibility of rules: conditions, limits, validity windows, currencies and codes. */
class EligibilityTest {

  private static final String OFF = "effects: [{type: 'amount_off_order', amount: '1'}]";
  private static final String CART =
      "2 x 10.00 A #t; 1.5 x 4.00 B #u #t; ship 5.00 post; 1 x 0.50 C list=1.00";

  private static PricingRequest requestAt(Instant at) {
    return new PricingRequest(
        RuleDsl.cart(CART),
        new LinkedHashSet<>(),
        new Customer("cus", "vip", 2L),
        "web",
        Map.of(),
        at,
        Map.of(),
        Map.of());
  }

  private static PricingRequest request(String cart, LimitCounts usage, String... codes) {
    SequencedSet<Code> entered = new LinkedHashSet<>();
    Arrays.stream(codes).map(Code::new).forEach(entered::add);
    return new PricingRequest(
        RuleDsl.cart(cart),
        entered,
        new Customer("cus", "vip", 2L),
        "web",
        Map.of("k", "v"),
        TestRules.AT,
        Map.of(new RuleId("r1"), usage),
        Map.of());
  }

  private static String outcomeOf(PricingRequest request, String... rules) {
    Quote quote = Pricing.price(request, TestRules.fromText(rules));
    return format(quote.trace().getFirst().outcome());
  }

  private static String format(RuleOutcome outcome) {
    return switch (outcome) {
      case RuleOutcome.Applied applied -> "applied " + applied.code();
      case RuleOutcome.Skipped skipped ->
          skipped.reason()
              + " "
              + skipped.path()
              + " expects "
              + skipped.expected()
              + ", found "
              + skipped.found();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # condition                                   | path, expected and found; empty if it holds
          minSubtotal: '26.50'                          |
          minSubtotal: '26.51'                          | /when/minSubtotal expects at least 26.51, found 26.50
          minSubtotal: '26.500001'                      | /when/minSubtotal expects at least 26.500001, found 26.50
          maxSubtotal: '26.50'                          |
          maxSubtotal: '26.509999'                      |
          maxSubtotal: '26.49'                          | /when/maxSubtotal expects at most 26.49, found 26.50
          minQuantity: 4.5                              |
          minQuantity: 4.501                            | /when/minQuantity expects at least 4.501, found 4.5
          anyLineMinQuantity: 2                         |
          anyLineMinQuantity: 2.001                     | /when/anyLineMinQuantity expects at least 2.001, found 2
          skuQuantity: {skus: ['A', 'B'], min: 3.5}     |
          skuQuantity: {skus: ['A', 'B'], min: 3.501}   | /when/skuQuantity expects at least 3.501, found 3.5
          skuQuantity: {skus: ['X'], min: 1}            | /when/skuQuantity expects at least 1, found 0
          containsAnySku: ['X', 'A']                    |
          containsAnySku: ['X', 'W']                    | /when/containsAnySku expects one of W, X, found null
          containsAllSkus: ['A', 'B']                   |
          containsAllSkus: ['A', 'X']                   | /when/containsAllSkus expects all of A, X, found missing X
          containsAnyTag: ['x', 't']                    |
          containsAnyTag: ['x']                         | /when/containsAnyTag expects one of x, found null
          tagSubtotal: {tag: 't', min: '26'}            |
          tagSubtotal: {tag: 't', min: '26.01'}         | /when/tagSubtotal expects at least 26.01, found 26.00
          tagSubtotal: {tag: 'x', min: '0'}             |
          customerGroups: ['vip', 'x']                  |
          customerGroups: ['x']                         | /when/customerGroups expects one of x, found vip
          nthOrder: 3                                   |
          nthOrder: 2                                   | /when/nthOrder expects order 2, found order 3
          channels: ['web']                             |
          channels: ['shop', 'app']                     | /when/channels expects one of app, shop, found web
          shippingMethods: ['post']                     |
          shippingMethods: ['bike']                     | /when/shippingMethods expects one of bike, found post
          noSaleItems: true                             | /when/noSaleItems expects no line on sale, found C
          weekdays: ['mon']                             |
          weekdays: ['tue']                             | /when/weekdays expects one of TUESDAY, found MONDAY
          weekdays: ['tue'], timeOfDay: {zone: 'Pacific/Kiritimati'} |
          weekdays: ['sun'], timeOfDay: {from: '22:00', to: '12:01'} |
          weekdays: ['mon'], timeOfDay: {from: '22:00', to: '12:01'} | /when/weekdays expects one of MONDAY, found SUNDAY
          weekdays: ['mon'], timeOfDay: {from: '12:00', to: '02:00'} |
          weekdays: ['mon'], timeOfDay: {from: '12:00', to: '00:00'} |
          weekdays: ['sun'], timeOfDay: {from: '22:00', to: '14:01', zone: 'Europe/Berlin'} |
          timeOfDay: {from: '12:00', to: '12:01'}       |
          timeOfDay: {from: '11:59', to: '12:00'}       | /when/timeOfDay expects from 11:59 to 12:00 in Z, found 12:00
          timeOfDay: {from: '12:01', to: '11:59'}       | /when/timeOfDay expects from 12:01 to 11:59 in Z, found 12:00
          timeOfDay: {from: '22:00', to: '12:01'}       |
          timeOfDay: {from: '12:00', to: '06:00'}       |
          timeOfDay: {from: '14:00', to: '15:00', zone: 'Europe/Berlin'} |
          timeOfDay: {from: '12:00', to: '13:00', zone: 'Europe/Berlin'} | /when/timeOfDay expects from 12:00 to 13:00 in Europe/Berlin, found 14:00
          metadata: {k: 'v'}                            |
          metadata: {k: 'w'}                            | /when/metadata expects k=w, found v
          metadata: {k: 'v', l: 'w'}                    | /when/metadata expects l=w, found null
          any: [{minQuantity: 99}, {minQuantity: 1}]    |
          any: [{minQuantity: 99}, {minQuantity: 98}]   | /when/any expects one of 2 groups fulfilled, found none fulfilled
          all: [{minQuantity: 1}, {minQuantity: 98}]    | /when/all/1/minQuantity expects at least 98, found 4.5
          all: [{minQuantity: 1}, {any: [{minQuantity: 2}]}] |
          not: {minQuantity: 99}                        |
          not: {minQuantity: 1}                         | /when/not expects not fulfilled, found fulfilled
          not: {minQuantity: 1, maxSubtotal: '1'}       |
          minQuantity: 1, minSubtotal: '99', maxSubtotal: '1' | /when/minSubtotal expects at least 99, found 26.50
          """)
  void a_rule_applies_where_its_conditions_hold(String when, @Nullable String failure) {
    assertThat(outcomeOf(request(CART, LimitCounts.NONE), "{when: {" + when + "}, " + OFF + "}"))
        .isEqualTo(failure == null ? "applied null" : "CONDITIONS_NOT_MET " + failure);
  }

  /**
   * The clock on the wall decides. Berlin skips 02:00 to 03:00 on Sunday 2026-03-29 and repeats it
   * on Sunday 2026-10-25; Beirut skips Sunday 00:00 to 01:00 and repeats Saturday 23:00 to 24:00;
   * Lord Howe repeats half an hour.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-03-29T00:29:59Z | false
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-03-29T00:30:00Z | true
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-03-29T00:59:59Z | true
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-03-29T01:00:00Z | false
          Europe/Berlin    | 02:15 | 02:45 | sun | 2026-03-29T00:59:59Z | false
          Europe/Berlin    | 02:15 | 02:45 | sun | 2026-03-29T01:00:00Z | false
          Europe/Berlin    | 02:15 | 03:15 | sun | 2026-03-29T01:00:00Z | true
          Europe/Berlin    | 02:15 | 03:15 | sun | 2026-03-29T01:15:00Z | false
          Europe/Berlin    | 22:00 | 02:30 | sat | 2026-03-29T00:59:59Z | true
          Europe/Berlin    | 22:00 | 02:30 | sat | 2026-03-29T01:00:00Z | false
          Europe/Berlin    | 22:00 | 03:30 | sat | 2026-03-29T01:29:59Z | true
          Europe/Berlin    | 22:00 | 03:30 | sat | 2026-03-29T01:30:00Z | false
          Europe/Berlin    | 22:00 | 03:30 | sun | 2026-03-29T01:29:59Z | false
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-10-24T23:30:00Z | true
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-10-25T00:29:59Z | true
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-10-25T00:30:00Z | false
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-10-25T01:00:00Z | true
          Europe/Berlin    | 01:30 | 02:30 | sun | 2026-10-25T01:30:00Z | false
          Europe/Berlin    | 22:00 | 03:00 | sat | 2026-10-25T00:30:00Z | true
          Europe/Berlin    | 22:00 | 03:00 | sat | 2026-10-25T01:59:59Z | true
          Europe/Berlin    | 22:00 | 03:00 | sat | 2026-10-25T02:00:00Z | false
          Asia/Beirut      | 22:00 | 00:30 | sat | 2026-03-28T21:59:59Z | true
          Asia/Beirut      | 22:00 | 00:30 | sat | 2026-03-28T22:00:00Z | false
          Asia/Beirut      | 22:00 | 01:30 | sat | 2026-03-28T22:29:59Z | true
          Asia/Beirut      | 00:00 | 01:30 | sun | 2026-03-28T22:29:59Z | true
          Asia/Beirut      | 00:00 | 01:30 | sat | 2026-03-28T22:29:59Z | false
          Asia/Beirut      | 22:00 | 00:30 | sat | 2026-10-24T20:30:00Z | true
          Asia/Beirut      | 22:00 | 00:30 | sat | 2026-10-24T21:30:00Z | true
          Asia/Beirut      | 22:00 | 00:30 | sat | 2026-10-24T22:29:59Z | true
          Asia/Beirut      | 22:00 | 00:30 | sun | 2026-10-24T22:29:59Z | false
          Asia/Beirut      | 22:00 | 00:30 | sat | 2026-10-24T22:30:00Z | false
          Australia/Lord_Howe | 01:40 | 01:50 | sun | 2026-04-04T14:45:00Z | true
          Australia/Lord_Howe | 01:40 | 01:50 | sun | 2026-04-04T15:15:00Z | true
          Australia/Lord_Howe | 01:40 | 01:50 | sun | 2026-04-04T15:20:00Z | false
          """)
  void a_time_of_day_is_that_of_the_clock_on_the_wall_also_when_it_is_changed(
      String zone, String from, String to, String weekday, Instant at, boolean isWithin) {
    String when =
        "{when: {weekdays: ['%s'], timeOfDay: {from: '%s', to: '%s', zone: '%s'}}, "
            .formatted(weekday, from, to, zone);

    assertThat(outcomeOf(requestAt(at), when + OFF + "}").equals("applied null"))
        .isEqualTo(isWithin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          customerGroups: ['vip']  | /when/customerGroups expects one of vip, found null
          nthOrder: 1              | /when/nthOrder expects order 1, found null
          channels: ['web']        | /when/channels expects one of web, found null
          shippingMethods: ['x']   | /when/shippingMethods expects one of x, found null
          metadata: {k: 'v'}       | /when/metadata expects k=v, found null
          """)
  void unknown_values_fulfil_no_condition(String when, String failure) {
    PricingRequest withoutContext = PricingRequest.of(RuleDsl.cart("1 x 10"), TestRules.AT);

    assertThat(outcomeOf(withoutContext, "{when: {" + when + "}, " + OFF + "}"))
        .isEqualTo("CONDITIONS_NOT_MET " + failure);
    assertThat(outcomeOf(withoutContext, "{when: {noSaleItems: true}, " + OFF + "}"))
        .isEqualTo("applied null");
  }

  @Test
  void conditions_see_amounts_after_earlier_rules() {
    Quote quote =
        Pricing.price(
            request("1 x 10 A #t; 1 x 10 B", LimitCounts.NONE),
            TestRules.fromText(
                "{type: 'amount_off_order', amount: '2', target: {skus: ['A']}}",
                "{when: {minSubtotal: '18.01'}, " + OFF + "}",
                "{when: {tagSubtotal: {tag: 't', min: '8.01'}}, " + OFF + "}",
                "{when: {minSubtotal: '18', tagSubtotal: {tag: 't', min: '8'}}, " + OFF + "}"));

    assertThat(quote.trace())
        .extracting(trace -> format(trace.outcome()))
        .containsExactly(
            "applied null",
            "CONDITIONS_NOT_MET /when/minSubtotal expects at least 18.01, found 18.00",
            "CONDITIONS_NOT_MET /when/tagSubtotal expects at least 8.01, found 8.00",
            "applied null");
  }

  @Test
  void explains_at_most_ten_values_in_alphabetical_order() {
    String skus =
        java.util.stream.IntStream.rangeClosed(10, 21)
            .mapToObj(i -> "'S" + i + "'")
            .collect(java.util.stream.Collectors.joining(", "));

    assertThat(
            outcomeOf(
                request(CART, LimitCounts.NONE),
                "{when: {containsAnySku: [" + skus + "]}, " + OFF + "}"))
        .isEqualTo(
            "CONDITIONS_NOT_MET /when/containsAnySku expects one of S10, S11, S12, S13, S14, S15,"
                + " S16, S17, S18, S19 and 2 more, found null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # redeemed, with the code, by the customer, cancelled, budget | rule | outcome
          1 9 9 0 9 | limits: {total: 2}                                | applied null
          2 0 0 0 0 | limits: {total: 2}                                | USAGE_LIMIT_REACHED /limits/total expects fewer than 2 uses, found 2 uses
          2 0 0 1 0 | limits: {total: 2}                                | applied null
          3 0 0 1 0 | limits: {total: 2}                                | USAGE_LIMIT_REACHED /limits/total expects fewer than 2 uses, found 3 uses
          2 0 0 1 0 | limits: {total: 2, reusableAfterCancel: false}    | USAGE_LIMIT_REACHED /limits/total expects fewer than 2 uses, found 2 uses
          0 0 0 5 0 | limits: {total: 1}                                | applied null
          0 0 0 5 0 | limits: {total: 0}                                | USAGE_LIMIT_REACHED /limits/total expects fewer than 0 uses, found 0 uses
          0 0 1 0 0 | limits: {perCustomer: 2}                          | applied null
          0 0 2 0 0 | limits: {perCustomer: 2}                          | PER_CUSTOMER_LIMIT_REACHED /limits/perCustomer expects fewer than 2 uses, found 2 uses
          0 0 2 1 0 | limits: {perCustomer: 2}                          | applied null
          0 0 0 0 1 | limits: {budget: {type: 'usage', limit: 2}}       | applied null
          0 0 0 0 2 | limits: {budget: {type: 'usage', limit: 2}}       | BUDGET_EXCEEDED /limits/budget expects fewer than 2 uses, found 2 uses
          0 0 0 1 2 | limits: {budget: {type: 'usage', limit: 2}}       | applied null
          0 0 0 0 100 | limits: {budget: {type: 'spend', limit: '2.00'}} | applied null
          0 0 0 0 101 | limits: {budget: {type: 'spend', limit: '2.00'}} | BUDGET_EXCEEDED /limits/budget expects a discount of at most 0.99, found 1.00
          0 0 0 0 200 | limits: {budget: {type: 'spend', limit: '2.00'}} | BUDGET_EXCEEDED /limits/budget expects less than 2 spent, found 2.00
          0 0 0 0 201 | limits: {budget: {type: 'spend', limit: '2.00'}} | BUDGET_EXCEEDED /limits/budget expects less than 2 spent, found 2.01
          0 0 0 0 0 | window: {from: '2026-06-15T12:00:00Z'}            | applied null
          0 0 0 0 0 | window: {from: '2026-06-15T12:00:00.000001Z'}     | NOT_STARTED /window/from expects from 2026-06-15T12:00:00.000001Z, found 2026-06-15T12:00:00Z
          0 0 0 0 0 | window: {to: '2026-06-15T12:00:00Z'}              | EXPIRED /window/to expects before 2026-06-15T12:00:00Z, found 2026-06-15T12:00:00Z
          0 0 0 0 0 | window: {to: '2026-06-15T12:00:00.000001Z'}       | applied null
          0 0 0 0 0 | currency: 'USD'                                   | applied null
          0 0 0 0 0 | currency: 'EUR'                                   | CONDITIONS_NOT_MET /currency expects EUR, found USD
          # Several reasons: the first one is reported.
          2 0 2 0 900 | limits: {total: 1, perCustomer: 1, budget: {type: 'usage', limit: 1}}, window: {from: '2030-01-01T00:00:00Z'} | USAGE_LIMIT_REACHED /limits/total expects fewer than 1 uses, found 2 uses
          0 0 2 0 900 | limits: {total: 1, perCustomer: 1, budget: {type: 'usage', limit: 1}}, window: {from: '2030-01-01T00:00:00Z'} | PER_CUSTOMER_LIMIT_REACHED /limits/perCustomer expects fewer than 1 uses, found 2 uses
          0 0 0 0 900 | limits: {total: 1, perCustomer: 1, budget: {type: 'usage', limit: 1}}, window: {from: '2030-01-01T00:00:00Z'} | BUDGET_EXCEEDED /limits/budget expects fewer than 1 uses, found 900 uses
          0 0 0 0 0 | window: {from: '2030-01-01T00:00:00Z', to: '2020-01-01T00:00:00Z'}, currency: 'EUR' | NOT_STARTED /window/from expects from 2030-01-01T00:00:00Z, found 2026-06-15T12:00:00Z
          0 0 0 0 0 | window: {to: '2020-01-01T00:00:00Z'}, currency: 'EUR' | EXPIRED /window/to expects before 2020-01-01T00:00:00Z, found 2026-06-15T12:00:00Z
          0 0 0 0 0 | currency: 'EUR', when: {minQuantity: 9}           | CONDITIONS_NOT_MET /currency expects EUR, found USD
          """)
  void a_rule_applies_within_its_limits_and_its_window(
      String usage, String fields, String expected) {
    long[] used = Arrays.stream(usage.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    PricingRequest request =
        request("1 x 10", new LimitCounts(used[0], used[1], used[2], used[3], used[4]));

    assertThat(outcomeOf(request, "{" + fields + ", " + OFF + "}")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {type: 'amount_off_order', amount: '0.001'}          | /effects/0 expects an amount payable in USD, found 0.001
          {type: 'amount_off_line', amount: '0.001'}           | /effects/0 expects an amount payable in USD, found 0.001
          {type: 'amount_off_shipping', amount: '0.001'}       | /effects/0 expects an amount payable in USD, found 0.001
          {type: 'amount_off_items_and_shipping', amount: '0.001'} | /effects/0 expects an amount payable in USD, found 0.001
          {type: 'percent_off_order', percent: '1', maxAmount: '0.001'} | /effects/0 expects an amount payable in USD, found 0.001
          {type: 'tiered_order_amount', tiers: [{from: '1', amount: '1'}, {from: '2', amount: '0.0001'}, {from: '3', amount: '0.01'}]} | /effects/0 expects an amount payable in USD, found 0.0001
          {type: 'tiered_order_amount', tiers: [{from: '0.001', percent: '50'}]} |
          {type: 'amount_off_units', amount: '0.005'}          |
          {type: 'fixed_unit_price', unitPrice: '0.001'}       |
          """)
  void skips_a_rule_whose_amount_does_not_fit_the_currency(
      String effect, @Nullable String failure) {
    assertThat(outcomeOf(request("1 x 10; ship 5", LimitCounts.NONE), effect))
        .isEqualTo(failure == null ? "applied null" : "CONDITIONS_NOT_MET " + failure);
  }

  @Test
  void per_customer_limit_skips_anonymous_customers() {
    LimitCounts used = new LimitCounts(0, 0, 2, 0, 0);
    PricingRequest anonymous =
        new PricingRequest(
            RuleDsl.cart("1 x 10"),
            new LinkedHashSet<>(),
            Customer.ANONYMOUS,
            null,
            Map.of(),
            TestRules.AT,
            Map.of(new RuleId("r1"), used),
            Map.of());

    assertThat(outcomeOf(anonymous, "{limits: {perCustomer: 2}, " + OFF + "}"))
        .isEqualTo(
            "PER_CUSTOMER_LIMIT_REACHED /limits/perCustomer expects fewer than 2 uses,"
                + " found an anonymous customer");
  }

  @Test
  void skips_a_rule_if_any_effect_amount_does_not_fit_the_currency() {
    assertThat(
            outcomeOf(
                request("1 x 10", LimitCounts.NONE),
                "{effects: [{type: 'percent_off_order', percent: '1'},"
                    + " {type: 'amount_off_order', amount: '0.001'}]}"))
        .startsWith("CONDITIONS_NOT_MET /effects/1 ");
  }

  private static Quote quote(PricingRequest request, String... rules) {
    return Pricing.price(request, TestRules.fromText(rules));
  }

  private static List<String> rejected(Quote quote) {
    return quote.rejected().stream()
        .map(it -> it.code() + " " + it.rule() + " " + it.reason())
        .toList();
  }

  @Test
  void applies_a_rule_with_a_code_only_if_it_is_entered() {
    String summer = "{code: 'SUMMER', " + OFF + "}";

    assertThat(outcomeOf(request("1 x 10", LimitCounts.NONE), summer))
        .isEqualTo("CODE_NOT_GIVEN /code expects one of its codes, found null");
    assertThat(outcomeOf(request("1 x 10", LimitCounts.NONE, "winter"), summer))
        .isEqualTo("CODE_NOT_GIVEN /code expects one of its codes, found winter");
    assertThat(outcomeOf(request("1 x 10", LimitCounts.NONE, "winter", "fall", "spring"), summer))
        .isEqualTo("CODE_NOT_GIVEN /code expects one of its codes, found winter and 2 more");
    assertThat(outcomeOf(request("1 x 10", LimitCounts.NONE, " summer"), summer))
        .isEqualTo("applied summer");
    assertThat(outcomeOf(request("1 x 10", LimitCounts.NONE, "summer", "SUMMER"), summer))
        .isEqualTo("applied summer");
  }

  @Test
  void rejects_a_code_that_does_not_apply_with_a_reason() {
    Quote quote =
        quote(
            request(
                "1 x 10",
                new LimitCounts(1, 0, 0, 0, 0),
                "used",
                "late",
                "small",
                "unknown",
                "good"),
            "{code: 'used', limits: {total: 1}, " + OFF + "}",
            "{code: 'late', window: {to: '2020-01-01T00:00:00Z'}, " + OFF + "}",
            "{code: 'small', when: {minQuantity: 2}, " + OFF + "}",
            "{code: 'good', " + OFF + "}",
            "{code: 'other', " + OFF + "}");

    assertThat(rejected(quote))
        .containsExactly(
            "used r1 USAGE_LIMIT_REACHED",
            "late r2 EXPIRED",
            "small r3 CONDITIONS_NOT_MET",
            "unknown null UNKNOWN_CODE");
  }

  @Test
  void reports_limit_rejections_of_rules_without_a_code() {
    Quote quote =
        quote(
            request("1 x 10", new LimitCounts(1, 0, 0, 0, 0)),
            "{limits: {total: 1}, " + OFF + "}",
            "{limits: {perCustomer: 0}, " + OFF + "}",
            "{limits: {budget: {type: 'usage', limit: 0}}, " + OFF + "}",
            "{when: {minQuantity: 2}, " + OFF + "}",
            "{code: 'x', limits: {total: 0}, " + OFF + "}");

    assertThat(rejected(quote))
        .containsExactly(
            "null r1 USAGE_LIMIT_REACHED",
            "null r2 PER_CUSTOMER_LIMIT_REACHED",
            "null r3 BUDGET_EXCEEDED");
  }

  @Test
  void two_rules_with_one_code_both_apply() {
    Quote quote =
        quote(
            request("1 x 10", LimitCounts.NONE, "a"),
            "{code: 'A', " + OFF + "}",
            "{code: 'a', " + OFF + "}");

    assertThat(quote.price().discountTotal().toPlainString()).isEqualTo("2.00");
    assertThat(quote.rejected()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # limit of the rule, used with its code, cancelled | outcome
          2 1 0 | applied one
          2 2 0 | USAGE_LIMIT_REACHED /limits/perCode expects a code with uses left, found one
          2 2 1 | applied one
          """)
  void code_limit_is_enforced(String numbers, String outcome) {
    long[] it = Arrays.stream(numbers.split(" ", -1)).mapToLong(Long::parseLong).toArray();

    assertThat(
            outcomeOf(
                request("1 x 10", new LimitCounts(0, it[1], 0, it[2], 0), "one"),
                "{code: 'ONE', limits: {perCode: " + it[0] + "}, " + OFF + "}"))
        .isEqualTo(outcome);
  }

  /** A request with stored codes. */
  private static PricingRequest requestWithCodeUsages(
      Map<String, CodeUsage> uses, String... codes) {
    PricingRequest it = request("1 x 10", LimitCounts.NONE, codes);
    return new PricingRequest(
        it.cart(),
        it.codes(),
        it.customer(),
        it.channel(),
        it.metadata(),
        it.at(),
        it.limitCounts(),
        uses);
  }

  private static RuleSet needsCode(String fields) {
    Rule rule = RuleDsl.rule("r1", "{" + fields + OFF + "}");
    return new RuleSet(1, List.of(new Rule(rule.id(), 1, true, rule.definition())), Policy.DEFAULT);
  }

  @Test
  void the_first_available_code_activates_the_rule() {
    RuleId rule = new RuleId("r1");
    Map<String, CodeUsage> uses =
        Map.of(
            "one", new CodeUsage(rule, 1L, 1),
            "two", new CodeUsage(rule, null, 1),
            "lost", new CodeUsage(new RuleId("gone"), null, 0));

    Quote quote = Pricing.price(requestWithCodeUsages(uses, "One", "Two", "lost"), needsCode(""));
    Quote limited =
        Pricing.price(
            requestWithCodeUsages(uses, "One", "Two"), needsCode("limits: {perCode: 1}, "));
    Quote third =
        Pricing.price(requestWithCodeUsages(uses, "two"), needsCode("limits: {perCode: 2}, "));
    Quote none = Pricing.price(requestWithCodeUsages(uses, "lost"), needsCode(""));

    assertThat(format(quote.trace().getFirst().outcome())).isEqualTo("applied Two");
    assertThat(rejected(quote)).containsExactly("One r1 CODE_NOT_NEEDED", "lost null UNKNOWN_CODE");
    assertThat(rejected(limited))
        .containsExactly("One r1 USAGE_LIMIT_REACHED", "Two r1 USAGE_LIMIT_REACHED");
    assertThat(format(third.trace().getFirst().outcome())).isEqualTo("applied two");
    assertThat(format(none.trace().getFirst().outcome()))
        .isEqualTo("CODE_NOT_GIVEN /needsCode expects one of its codes, found lost");
  }

  @Test
  void limit_counts_of_other_rules_do_not_change_a_quote() {
    Quote quote = quote(request("1 x 10", LimitCounts.NONE), "{" + OFF + "}");

    assertThat(quote.rejected()).isEmpty();
    assertThat(quote.trace().getFirst())
        .isEqualTo(
            new RuleTrace(
                new RuleId("r1"),
                1,
                "r1",
                new RuleOutcome.Applied(
                    null,
                    List.of(
                        new RuleOutcome.LineDiscount(
                            0, new kassa.domain.money.Money(100, TestCarts.USD))),
                    kassa.domain.money.Money.zero(TestCarts.USD),
                    kassa.domain.money.Money.zero(TestCarts.USD))));
    assertThat(TestRules.AT).isEqualTo(Instant.parse("2026-06-15T12:00:00Z"));
  }
}
