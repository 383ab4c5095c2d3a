package kassa.adapters.http.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.json.JsonCodec;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderNumber;
import org.junit.jupiter.api.Test;

class OrderJsonTest {

  private static final String WITH_ALL_FIELDS =
      """
      {"id":"ord_","number":42,"status":"placed","customerId":"c-4711",\
      "customerGroup":"wholesale","channel":"till/7","version":1,"currency":"BHD",\
      "subtotal":"1017.386","discountTotal":"244.866","shippingTotal":"5.250",\
      "taxTotal":"1.196","total":"780.020","refundedTotal":"0.000",\
      "lines":[{"sku":"Käse, jung","quantity":2.125,"unitPrice":"5.005125",\
      "subtotal":"10.636","discountTotal":"2.136","taxTotal":"0.934","total":"8.500",\
      "discounts":[{"ruleId":"rul_","ruleVersion":1,"label":"Sümmer!","amount":"0.532"},\
      {"ruleId":"rul_","ruleVersion":2,"label":"rule","amount":"1.604"}]},{"sku":"MUG",\
      "quantity":50,"unitPrice":"19.990","subtotal":"999.500","discountTotal":"239.880",\
      "taxTotal":"0.000","total":"759.620","discounts":[{"ruleId":"rul_","ruleVersion":1,\
      "label":"Sümmer!","amount":"49.975"},{"ruleId":"rul_","ruleVersion":1,\
      "label":"Premium 20%","amount":"189.905"}]},{"sku":"PEN","quantity":7,\
      "unitPrice":"1.000","subtotal":"7.000","discountTotal":"0.350","taxTotal":"0.000",\
      "total":"6.650","discounts":[{"ruleId":"rul_","ruleVersion":1,"label":"Sümmer!",\
      "amount":"0.350"}]},{"sku":"STICKER","quantity":1,"unitPrice":"0.250",\
      "subtotal":"0.250","discountTotal":"0.250","taxTotal":"0.000","total":"0.000",\
      "discounts":[{"ruleId":"rul_","ruleVersion":5,"label":"rule","amount":"0.250"}]}],\
      "discounts":[{"ruleId":"rul_","ruleVersion":1,"label":"Sümmer!","code":"Sümmer",\
      "amount":"50.857"},{"ruleId":"rul_","ruleVersion":2,"label":"rule","code":null,\
      "amount":"1.604"},{"ruleId":"rul_","ruleVersion":1,"label":"Premium 20%","code":null,\
      "amount":"189.905"},{"ruleId":"rul_","ruleVersion":5,"label":"rule","code":null,\
      "amount":"0.250"},{"ruleId":"rul_","ruleVersion":3,"label":"rule","code":null,\
      "amount":"0.750"},{"ruleId":"rul_","ruleVersion":4,"label":"rule","code":null,\
      "amount":"1.500"}],"shipping":{"amount":"7.500","method":"express","taxRate":"5.25",\
      "discountTotal":"2.250","taxTotal":"0.262","total":"5.250"},"taxes":[{"taxRate":"0",\
      "net":"6.650","tax":"0.000"},{"taxRate":"5.25","net":"4.988","tax":"0.262"},\
      {"taxRate":"12.3456","net":"7.566","tax":"0.934"}],"rejected":[{"code":"nope",\
      "reason":"unknown_code"},{"code":"late","reason":"expired"},{"ruleId":"rul_",\
      "reason":"usage_limit_reached"}],"priceHash":"18f5d561343b831724c96c84699d31be",\
      "metadata":{"till":"7"},"cancelReason":null,"placedAt":"2026-06-15T12:00:00.123456Z",\
      "updatedAt":"2026-06-15T12:00:00.123456Z"}\
      """;

  private static final String WITHOUT_OPTIONAL_FIELDS =
      """
      {"id":"ord_","number":42,"status":"placed","customerId":null,"customerGroup":null,\
      "channel":null,"version":1,"currency":"USD","subtotal":"1000.00",\
      "discountTotal":"100.00","shippingTotal":"0.00","taxTotal":"0.00","total":"900.00",\
      "refundedTotal":"0.00","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00",\
      "subtotal":"1000.00","discountTotal":"100.00","taxTotal":"0.00","total":"900.00",\
      "discounts":[{"ruleId":"rul_","ruleVersion":1,"label":"Bulk 10%",\
      "amount":"100.00"}]}],"discounts":[{"ruleId":"rul_","ruleVersion":1,\
      "label":"Bulk 10%","code":null,"amount":"100.00"}],"shipping":null,"taxes":[],\
      "rejected":[],"priceHash":"e79642fa90c9e80e500b05a88535370d","metadata":{},\
      "cancelReason":null,"placedAt":"2026-06-15T12:00:03.123456Z",\
      "updatedAt":"2026-06-15T12:00:03.123456Z"}\
      """;

  @Test
  void writes_all_fields_of_an_order() {
    assertThat(json(SampleOrders.withAllFields())).isEqualTo(WITH_ALL_FIELDS);
  }

  @Test
  void writes_null_and_empty_arrays_for_missing_fields() {
    assertThat(json(SampleOrders.placedAfterSeconds(3))).isEqualTo(WITHOUT_OPTIONAL_FIELDS);
  }

  /** The JSON of an order; ids are shortened to their type. */
  private static String json(NewOrder order) {
    OrderResponse response = OrderResponse.of(order.toOrder(new OrderNumber(42)));
    return new String(new JsonCodec().write(response), UTF_8)
        .replaceAll("(ord|rul)_[0-9a-z]{26}", "$1_");
  }
}
