package kassa.domain.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import kassa.domain.money.Money;
import kassa.domain.pricing.CodeUse;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.Pricing;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.Usage;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleId;
import kassa.domain.testing.Rules;
import kassa.domain.testing.Written;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to be counted of a rule that takes 2.00 off, and what an order takes of its limits. */
class UsagesTest {

  private static final RuleId R1 = new RuleId("r1");
  private static final Currency USD = Currency.getInstance("USD");
  private static final String OFF = "effects: [{type: 'amount_off_order', amount: '2'}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # limits                                            | customer | claims; what is counted, how much of it, and up to how much
          {}                                                  | cus      | ""
          {total: 5}                                          | cus      | TOTAL 1/5
          {budget: {type: 'usage', limit: 4}}                 | cus      | TOTAL 1/4
          {total: 5, budget: {type: 'usage', limit: 4}}       | cus      | TOTAL 1/4
          {total: 3, budget: {type: 'usage', limit: 4}}       | cus      | TOTAL 1/3
          {budget: {type: 'spend', limit: '10.00'}}           | cus      | SPEND USD 200/1000
          {perCustomer: 2}                                    | cus      | CUSTOMER cus 1/2
          {total: 5, perCustomer: 2, budget: {type: 'spend', limit: '10'}} | cus | TOTAL 1/5, CUSTOMER cus 1/2, SPEND USD 200/1000
          """)
  void an_order_takes_one_use_or_what_came_off_of_each_limit(
      String limits, String customer, String claims) {
    RuleSet rules = rules("limits: " + limits + ", ");
    PricingRequest request = request(customer, Map.of());

    assertThat(claims(request, rules)).isEqualTo(claims);
    assertThat(counters(request, rules))
        .isEqualTo(
            Arrays.stream(claims.split(", ", -1))
                .map(claim -> claim.replaceAll(" ?[0-9]+/.*", ""))
                .collect(Collectors.joining(", ")));
  }

  @Test
  void claims_are_made_in_the_order_in_which_counters_are_locked() {
    RuleSet rules =
        Rules.written(
            "{priority: 1, limits: {perCustomer: 2}, " + OFF,
            "{priority: 3, limits: {total: 7, perCustomer: 9}, " + OFF,
            "{priority: 2, limits: {budget: {type: 'spend', limit: '10'}}, " + OFF);
    PricingRequest request = request("cus", Map.of());

    assertThat(
            Usages.claims(Usages.redemptions(Pricing.price(request, rules), rules), request, rules))
        .extracting(claim -> claim.counter().rule() + " " + claim.counter().kind())
        .containsExactly("r1 CUSTOMER", "r2 TOTAL", "r2 CUSTOMER", "r3 SPEND");
  }

  @Test
  void a_code_has_its_own_limit_or_that_of_its_rule() {
    RuleSet rules = rules("code: 'SUMMER', limits: {perCode: 3}, ");
    Map<String, CodeUse> own = Map.of("summer", new CodeUse(R1, 9L, 0));
    Map<String, CodeUse> none = Map.of("summer", new CodeUse(R1, null, 0));

    assertThat(claims(request(null, Map.of(), "Summer"), rules)).isEqualTo("CODE summer 1/3");
    assertThat(claims(request(null, none, "Summer"), rules)).isEqualTo("CODE summer 1/3");
    assertThat(claims(request(null, own, "Summer"), rules)).isEqualTo("CODE summer 1/9");
    assertThat(claims(request(null, Map.of(), "SUMMER"), rules("code: 'SUMMER', "))).isEmpty();
  }

  @Test
  void a_code_that_is_kept_beside_its_rule_is_counted_of_that_rule_alone() {
    Rule written = Written.rule("r1", "{limits: {perCode: 3}, " + OFF);
    Rule needsCode = new Rule(R1, 1, true, written.definition());
    RuleSet rules = new RuleSet(1, List.of(needsCode), Policy.DEFAULT);
    Map<String, CodeUse> mine = Map.of("one", new CodeUse(R1, null, 0));
    Map<String, CodeUse> others = Map.of("one", new CodeUse(new RuleId("r2"), null, 0));

    assertThat(counters(request(null, mine, "ONE"), rules)).isEqualTo("CODE one");
    assertThat(claims(request(null, mine, "ONE"), rules)).isEqualTo("CODE one 1/3");
    assertThat(counters(request(null, others, "ONE"), rules)).isEmpty();
  }

  @Test
  void nothing_is_counted_of_a_rule_whose_code_was_not_entered() {
    RuleSet rules = rules("code: 'SUMMER', limits: {total: 5, perCode: 3}, ");

    assertThat(counters(request("cus", Map.of()), rules)).isEmpty();
    assertThat(counters(request("cus", Map.of(), "winter"), rules)).isEmpty();
    assertThat(counters(request("cus", Map.of(), "summer"), rules)).isEqualTo("TOTAL, CODE summer");
  }

  @Test
  void somebody_unknown_has_used_up_what_a_customer_may() {
    RuleSet rules = rules("limits: {perCustomer: 2}, ");
    PricingRequest unknown = request(null, Map.of());

    assertThat(counters(unknown, rules)).isEmpty();
    assertThat(Usages.counted(unknown, rules, Map.of()).usage(R1))
        .isEqualTo(new Usage(0, 0, 2, 0, 0));
    assertThat(claims(Usages.counted(unknown, rules, Map.of()), rules)).isEmpty();
  }

  @Test
  void what_the_counters_say_is_known_of_each_rule_that_has_limits() {
    RuleSet rules =
        Rules.written(
            "{code: 'SUMMER', limits: {perCustomer: 2, budget: {type: 'spend', limit: '10'}}, "
                + OFF,
            "{limits: {budget: {type: 'usage', limit: 9}}, " + OFF,
            "{" + OFF);
    RuleId r2 = new RuleId("r2");
    Map<Counter, Long> counts =
        Map.of(
            Counter.ofAll(R1), 4L,
            Counter.ofCode(R1, new Code("summer")), 3L,
            Counter.ofCustomer(R1, "cus"), 1L,
            Counter.ofSpend(R1, USD), 250L,
            Counter.ofAll(r2), 6L,
            Counter.ofSpend(r2, USD), 999L);

    PricingRequest counted = Usages.counted(request("cus", Map.of(), "summer"), rules, counts);

    assertThat(counted.usages())
        .containsOnly(
            Map.entry(R1, new Usage(4, 3, 1, 0, 250)), Map.entry(r2, new Usage(6, 0, 0, 0, 6)));
  }

  @Test
  void what_the_counter_of_a_kept_code_says_is_how_often_it_was_redeemed() {
    Map<String, CodeUse> uses =
        Map.of("one", new CodeUse(R1, 5L, 0), "two", new CodeUse(R1, null, 8));

    PricingRequest counted =
        Usages.counted(
            request(null, uses, "one", "two"),
            rules(""),
            Map.of(Counter.ofCode(R1, new Code("ONE")), 3L));

    assertThat(counted.codeUses())
        .containsOnly(
            Map.entry("one", new CodeUse(R1, 5L, 3)), Map.entry("two", new CodeUse(R1, null, 0)));
  }

  @Test
  void an_order_redeems_the_rules_that_applied_and_no_others() {
    RuleSet rules =
        Rules.written(
            "{when: {minQuantity: 2}, " + OFF,
            "{code: 'SUMMER', limits: {reusableAfterCancel: false}, " + OFF);
    PricingRequest request = request(null, Map.of(), "Summer");

    List<Redemption> redemptions = Usages.redemptions(Pricing.price(request, rules), rules);

    assertThat(redemptions)
        .containsExactly(
            new Redemption(new RuleId("r2"), 1, new Code("summer"), new Money(200, USD), false));
    assertThat(Usages.claims(redemptions, request, Rules.of())).isEmpty();
    assertThat(Usages.redemptions(Pricing.price(request, rules), Rules.of())).isEmpty();
  }

  @Test
  void a_gift_that_is_worth_nothing_takes_a_use_but_nothing_of_a_spend_budget() {
    RuleSet rules =
        Rules.written(
            "{limits: {total: 5, budget: {type: 'spend', limit: '10'}},"
                + " effects: [{type: 'free_gift', sku: 'G', unitPrice: '0'}]}");

    assertThat(claims(request(null, Map.of()), rules)).isEqualTo("TOTAL 1/5");
  }

  private static RuleSet rules(String fields) {
    return Rules.written("{" + fields + OFF);
  }

  private static PricingRequest request(
      @Nullable String customer, Map<String, CodeUse> uses, String... codes) {
    SequencedSet<Code> entered = new LinkedHashSet<>();
    Arrays.stream(codes).map(Code::new).forEach(entered::add);
    return new PricingRequest(
        Written.cart("1 x 10.00 A"),
        entered,
        new Customer(customer, null, null),
        null,
        Map.of(),
        Rules.AT,
        Map.of(),
        uses);
  }

  private static String claims(PricingRequest request, RuleSet rules) {
    List<Redemption> redemptions = Usages.redemptions(Pricing.price(request, rules), rules);
    return Usages.claims(redemptions, request, rules).stream()
        .map(claim -> told(claim.counter()) + " " + claim.amount() + "/" + claim.limit())
        .collect(Collectors.joining(", "));
  }

  private static String counters(PricingRequest request, RuleSet rules) {
    return Usages.counters(request, rules).stream()
        .map(UsagesTest::told)
        .collect(Collectors.joining(", "));
  }

  private static String told(Counter counter) {
    return (counter.kind() + " " + counter.subject()).strip();
  }
}
