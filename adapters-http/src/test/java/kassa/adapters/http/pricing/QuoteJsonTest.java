package kassa.adapters.http.pricing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.application.port.in.pricing.QuoteCart.Outcome.Quoted;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.RuleTrace;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.engine.NextTierHints.NextTier;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import org.junit.jupiter.api.Test;

class QuoteJsonTest {

  private static final String WITH_ALL_PARTS =
      """
      {"currency":"USD","subtotal":"1000.00","discountTotal":"100.00",\
      "shippingTotal":"0.00","taxTotal":"0.00","total":"900.00","lines":[{"sku":"MUG",\
      "quantity":10,"unitPrice":"100.00","subtotal":"1000.00",\
      "discountTotal":"100.00","taxTotal":"0.00","total":"900.00",\
      "unitDiscounts":["10.00","10.00","10.00","10.00","10.00","10.00","10.00",\
      "10.00","10.00","10.00"],"discounts":[{"ruleId":"rul_","ruleVersion":1,\
      "label":"Bulk 10%","amount":"100.00"}]}],"discounts":[{"ruleId":"rul_",\
      "ruleVersion":1,"label":"Bulk 10%","code":null,"amount":"100.00"}],\
      "shipping":null,"taxes":[],"rejected":[{"code":"EURO",\
      "reason":"conditions_not_met","currency":"EUR"}],"nextTiers":[{"sku":"PEN",\
      "addQuantity":2.5,"label":"Premium 20%","newTotal":"12345.67"}],\
      "priceHash":"e79642fa90c9e80e500b05a88535370d","trace":[{"ruleId":"rul_euro",\
      "ruleVersion":3,"label":"Euro","outcome":"skipped",\
      "reason":"conditions_not_met","path":"/currency","expected":"EUR",\
      "found":"USD"}]}\
      """;

  private static final String WITHOUT_OPTIONAL_PARTS =
      """
      {"currency":"USD","subtotal":"1000.00","discountTotal":"100.00",\
      "shippingTotal":"0.00","taxTotal":"0.00","total":"900.00","lines":[{"sku":"MUG",\
      "quantity":10,"unitPrice":"100.00","subtotal":"1000.00",\
      "discountTotal":"100.00","taxTotal":"0.00","total":"900.00",\
      "discounts":[{"ruleId":"rul_","ruleVersion":1,"label":"Bulk 10%",\
      "amount":"100.00"}]}],"discounts":[{"ruleId":"rul_","ruleVersion":1,\
      "label":"Bulk 10%","code":null,"amount":"100.00"}],"shipping":null,"taxes":[],\
      "rejected":[{"code":"EURO","reason":"conditions_not_met","currency":"EUR"}],\
      "priceHash":"e79642fa90c9e80e500b05a88535370d"}\
      """;

  private static final RuleId RULE = new RuleId("rul_euro");

  private final PricedCart price = SampleOrders.placedAfterSeconds(3).price();
  private final Quote quote =
      new Quote(
          price,
          List.of(new Rejection(Code.entered("EURO"), RULE, SkipReason.CONDITIONS_NOT_MET, "EUR")),
          List.of(
              new RuleTrace(
                  RULE,
                  3,
                  "Euro",
                  new RuleOutcome.Skipped(
                      SkipReason.CONDITIONS_NOT_MET, "/currency", "EUR", "USD"))));

  @Test
  void writes_unit_discounts_tier_hints_and_trace() {
    NextTier hint =
        new NextTier(
            new Sku("PEN"),
            2,
            new Quantity(2_500),
            "Premium 20%",
            new Money(1_234_567, price.currency()));
    Quoted quoted = new Quoted(quote, List.of(hint));

    assertThat(json(QuoteResponse.of(quoted, new QuoteResponse.Detail(true, true))))
        .isEqualTo(WITH_ALL_PARTS);
  }

  @Test
  void omits_the_optional_parts() {
    assertThat(json(QuoteResponse.of(quote))).isEqualTo(WITHOUT_OPTIONAL_PARTS);
  }

  /** The JSON of a quote; generated ids are shortened to their type. */
  private static String json(QuoteResponse response) {
    return new String(new JsonCodec().write(response), UTF_8)
        .replaceAll("rul_[0-9a-z]{26}", "rul_");
  }
}
