package kassa.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import kassa.domain.money.Money;
import kassa.domain.pricing.CodeUsage;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.engine.Pricing;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import kassa.domain.testing.RuleDsl;
import kassa.domain.testing.TestRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counters and reservations of a rule with a discount of 2.00. */
class LimitUsageTest {

  private static final RuleId R1 = new RuleId("r1");
  private static final Currency USD = Currency.getInstance("USD");
  private static final String OFF = "effects: [{type: 'amount_off_order', amount: '2'}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # limits                                            | customer | reservations: counter, amount and limit
          {}                                                  | cus      | ""
          {total: 5}                                          | cus      | TOTAL 1/5
          {budget: {type: 'usage', limit: 4}}                 | cus      | TOTAL 1/4
          {total: 5, budget: {type: 'usage', limit: 4}}       | cus      | TOTAL 1/4
          {total: 3, budget: {type: 'usage', limit: 4}}       | cus      | TOTAL 1/3
          {budget: {type: 'spend', limit: '10.00'}}           | cus      | SPEND USD 200/1000
          {perCustomer: 2}                                    | cus      | CUSTOMER cus 1/2
          {total: 5, perCustomer: 2, budget: {type: 'spend', limit: '10'}} | cus | TOTAL 1/5, CUSTOMER cus 1/2, SPEND USD 200/1000
          """)
  void an_order_reserves_one_use_or_its_discount_of_each_limit(
      String limits, String customer, String expected) {
    RuleSet rules = rules("limits: " + limits + ", ");
    PricingRequest request = request(customer, Map.of());

    assertThat(reservations(request, rules)).isEqualTo(expected);
    assertThat(counters(request, rules))
        .isEqualTo(
            Arrays.stream(expected.split(", ", -1))
                .map(reservation -> reservation.replaceAll(" ?[0-9]+/.*", ""))
                .collect(Collectors.joining(", ")));
  }

  @Test
  void reservations_are_in_lock_order() {
    RuleSet rules =
        TestRules.fromText(
            "{priority: 1, limits: {perCustomer: 2}, " + OFF,
            "{priority: 3, limits: {total: 7, perCustomer: 9}, " + OFF,
            "{priority: 2, limits: {budget: {type: 'spend', limit: '10'}}, " + OFF);
    PricingRequest request = request("cus", Map.of());

    assertThat(
            LimitUsage.reservations(
                LimitUsage.redemptions(Pricing.price(request, rules), rules), request, rules))
        .extracting(
            reservation -> reservation.counter().rule() + " " + reservation.counter().kind())
        .containsExactly("r1 CUSTOMER", "r2 TOTAL", "r2 CUSTOMER", "r3 SPEND");
  }

  @Test
  void code_limit_defaults_to_the_limit_of_its_rule() {
    RuleSet rules = rules("code: 'SUMMER', limits: {perCode: 3}, ");
    Map<String, CodeUsage> codeWithLimit = Map.of("summer", new CodeUsage(R1, 9L, 0));
    Map<String, CodeUsage> codeWithoutLimit = Map.of("summer", new CodeUsage(R1, null, 0));

    assertThat(reservations(request(null, Map.of(), "Summer"), rules)).isEqualTo("CODE summer 1/3");
    assertThat(reservations(request(null, codeWithoutLimit, "Summer"), rules))
        .isEqualTo("CODE summer 1/3");
    assertThat(reservations(request(null, codeWithLimit, "Summer"), rules))
        .isEqualTo("CODE summer 1/9");
    assertThat(reservations(request(null, Map.of(), "SUMMER"), rules("code: 'SUMMER', ")))
        .isEmpty();
  }

  @Test
  void counts_a_stored_code_only_for_its_rule() {
    Rule parsed = RuleDsl.rule("r1", "{limits: {perCode: 3}, " + OFF);
    Rule needsCode = new Rule(R1, 1, true, parsed.definition());
    RuleSet rules = new RuleSet(1, List.of(needsCode), Policy.DEFAULT);
    Map<String, CodeUsage> codeOfThisRule = Map.of("one", new CodeUsage(R1, null, 0));
    Map<String, CodeUsage> codeOfAnotherRule =
        Map.of("one", new CodeUsage(new RuleId("r2"), null, 0));

    assertThat(counters(request(null, codeOfThisRule, "ONE"), rules)).isEqualTo("CODE one");
    assertThat(reservations(request(null, codeOfThisRule, "ONE"), rules)).isEqualTo("CODE one 1/3");
    assertThat(counters(request(null, codeOfAnotherRule, "ONE"), rules)).isEmpty();
  }

  @Test
  void counts_nothing_for_a_rule_whose_code_was_not_entered() {
    RuleSet rules = rules("code: 'SUMMER', limits: {total: 5, perCode: 3}, ");

    assertThat(counters(request("cus", Map.of()), rules)).isEmpty();
    assertThat(counters(request("cus", Map.of(), "winter"), rules)).isEmpty();
    assertThat(counters(request("cus", Map.of(), "summer"), rules)).isEqualTo("TOTAL, CODE summer");
  }

  @Test
  void anonymous_customer_exhausts_the_per_customer_limit() {
    RuleSet rules = rules("limits: {perCustomer: 2}, ");
    PricingRequest anonymous = request(null, Map.of());

    assertThat(counters(anonymous, rules)).isEmpty();
    assertThat(LimitUsage.withCounts(anonymous, rules, Map.of()).limitCountsOf(R1))
        .isEqualTo(new LimitCounts(0, 0, 2, 0, 0));
    assertThat(reservations(LimitUsage.withCounts(anonymous, rules, Map.of()), rules)).isEmpty();
  }

  @Test
  void with_counts_fills_limit_counts_of_limited_rules() {
    RuleSet rules =
        TestRules.fromText(
            "{code: 'SUMMER', limits: {perCustomer: 2, budget: {type: 'spend', limit: '10'}}, "
                + OFF,
            "{limits: {budget: {type: 'usage', limit: 9}}, " + OFF,
            "{" + OFF);
    RuleId r2 = new RuleId("r2");
    Map<UsageCounter, Long> counts =
        Map.of(
            UsageCounter.ofTotal(R1), 4L,
            UsageCounter.ofCode(R1, new Code("summer")), 3L,
            UsageCounter.ofCustomer(R1, "cus"), 1L,
            UsageCounter.ofSpend(R1, USD), 250L,
            UsageCounter.ofTotal(r2), 6L,
            UsageCounter.ofSpend(r2, USD), 999L);

    PricingRequest counted =
        LimitUsage.withCounts(request("cus", Map.of(), "summer"), rules, counts);

    assertThat(counted.limitCounts())
        .containsOnly(
            Map.entry(R1, new LimitCounts(4, 3, 1, 0, 250)),
            Map.entry(r2, new LimitCounts(6, 0, 0, 0, 6)));
  }

  @Test
  void with_counts_fills_the_usage_of_stored_codes() {
    Map<String, CodeUsage> codeUsages =
        Map.of("one", new CodeUsage(R1, 5L, 0), "two", new CodeUsage(R1, null, 8));

    PricingRequest counted =
        LimitUsage.withCounts(
            request(null, codeUsages, "one", "two"),
            rules(""),
            Map.of(UsageCounter.ofCode(R1, new Code("ONE")), 3L));

    assertThat(counted.codeUsages())
        .containsOnly(
            Map.entry("one", new CodeUsage(R1, 5L, 3)),
            Map.entry("two", new CodeUsage(R1, null, 0)));
  }

  @Test
  void an_order_redeems_only_the_applied_rules() {
    RuleSet rules =
        TestRules.fromText(
            "{when: {minQuantity: 2}, " + OFF,
            "{code: 'SUMMER', limits: {reusableAfterCancel: false}, " + OFF);
    PricingRequest request = request(null, Map.of(), "Summer");

    List<Redemption> redemptions = LimitUsage.redemptions(Pricing.price(request, rules), rules);

    assertThat(redemptions)
        .containsExactly(
            new Redemption(new RuleId("r2"), 1, new Code("summer"), new Money(200, USD), false));
    assertThat(LimitUsage.reservations(redemptions, request, TestRules.of())).isEmpty();
    assertThat(LimitUsage.redemptions(Pricing.price(request, rules), TestRules.of())).isEmpty();
  }

  @Test
  void a_free_gift_of_zero_value_counts_a_use_but_no_budget() {
    RuleSet rules =
        TestRules.fromText(
            "{limits: {total: 5, budget: {type: 'spend', limit: '10'}},"
                + " effects: [{type: 'free_gift', sku: 'G', unitPrice: '0'}]}");

    assertThat(reservations(request(null, Map.of()), rules)).isEqualTo("TOTAL 1/5");
  }

  private static RuleSet rules(String fields) {
    return TestRules.fromText("{" + fields + OFF);
  }

  private static PricingRequest request(
      @Nullable String customer, Map<String, CodeUsage> codeUsages, String... codes) {
    SequencedSet<Code> entered = new LinkedHashSet<>();
    Arrays.stream(codes).map(Code::new).forEach(entered::add);
    return new PricingRequest(
        RuleDsl.cart("1 x 10.00 A"),
        entered,
        new Customer(customer, null, null),
        null,
        Map.of(),
        TestRules.AT,
        Map.of(),
        codeUsages);
  }

  private static String reservations(PricingRequest request, RuleSet rules) {
    List<Redemption> redemptions = LimitUsage.redemptions(Pricing.price(request, rules), rules);
    return LimitUsage.reservations(redemptions, request, rules).stream()
        .map(reservation ->
            format(reservation.counter()) + " " + reservation.amount() + "/" + reservation.limit())
        .collect(Collectors.joining(", "));
  }

  private static String counters(PricingRequest request, RuleSet rules) {
    return LimitUsage.counters(request, rules).stream()
        .map(LimitUsageTest::format)
        .collect(Collectors.joining(", "));
  }

  private static String format(UsageCounter counter) {
    return (counter.kind() + " " + counter.subject()).strip();
  }
}
