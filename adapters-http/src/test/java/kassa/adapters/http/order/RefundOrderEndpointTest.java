package kassa.adapters.http.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefundOrderEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  /** Total 910.40: 10 mugs at 90.00 after discount, a pen at 5.50 and shipping of 4.90. */
  private final TestResponse placed =
      client.place(
          """
          {"currency": "USD", "shipping": {"amount": "4.90"}, "lines": [
            {"sku": "MUG", "quantity": 10, "unitPrice": "100.00"},
            {"sku": "PEN", "quantity": 1, "unitPrice": "5.50"}]}
          """);

  private final String path = "/v1/orders/" + placed.at("/id");

  @Test
  void refunds_units() {
    pay();

    TestResponse refund =
        refund("{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 2}], \"reason\": \"Dented\"}");

    assertThat(refund.status()).isEqualTo(201);
    assertThat(refund.header("ETag")).isEqualTo("\"3\"");
    assertThat(refund.json())
        .isEqualTo(
            TestJson.read(
                """
                {"orderId": "%s", "version": 3, "at": "%s", "actor": "%s", "reason": "Dented",
                 "currency": "USD", "lines": [{"sku": "MUG", "quantity": 2, "amount": "180.00", "tax": "0.00"}],
                 "amount": "0.00", "shipping": "0.00", "shippingTax": "0.00", "tax": "0.00",
                 "total": "180.00",
                 "refundedTotal": "180.00"}
                """
                    .formatted(
                        placed.at("/id"), refund.at("/at"), TestServer.ADMIN_PROGRAM.name())));
    TestResponse order = client.get(path);
    assertThat(order.at("/refundedTotal")).isEqualTo("180.00");
    assertThat(order.at("/status")).isEqualTo("paid");
    assertThat(order.header("ETag")).isEqualTo("\"3\"");
    TestResponse events = client.get(path + "/events");
    assertThat(events.at("/data/2/type")).isEqualTo("refunded");
    assertThat(events.at("/data/2/reason")).isEqualTo("Dented");
    assertThat(events.at("/data/2/from")).isEqualTo("paid");
    assertThat(events.at("/data/2/to")).isEqualTo("paid");
  }

  @Test
  void refunds_tax_of_units_and_shipping_in_parts() {
    TestResponse taxed =
        client.place(
            """
            {"currency": "USD", "shipping": {"amount": "4.90", "taxRate": "19"}, "lines": [
              {"sku": "MUG", "quantity": 3, "unitPrice": "10.00", "taxRate": "7"}]}
            """);
    String order = "/v1/orders/" + taxed.at("/id");
    client.post(order + "/pay", "{}", "If-Match", "*", "Content-Type", "application/json");

    assertThat(taxed.at("/taxTotal")).isEqualTo("3.03");
    TestResponse first =
        client.post(
            order + "/refunds",
            "{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}], \"shippingAmount\": \"1.00\"}");
    assertThat(first.at("/lines/0/tax")).isEqualTo("0.70");
    assertThat(first.at("/shippingTax")).isEqualTo("0.15");
    assertThat(first.at("/tax")).isEqualTo("0.85");
    TestResponse second = client.post(order + "/refunds", "{\"amount\": \"20.00\"}");
    assertThat(second.at("/tax")).isEqualTo("1.66");
    TestResponse rest = client.post(order + "/refunds", "{\"amount\": \"6.23\"}");
    assertThat(rest.at("/refundedTotal")).isEqualTo(taxed.at("/total"));
    assertThat(rest.at("/tax")).isEqualTo("0.52");
  }

  @Test
  void refunds_fractions_of_a_product_sold_by_weight() {
    TestResponse weighed =
        client.place(
            """
            {"currency": "USD", "lines": [
              {"sku": "TEA", "quantity": 0.4, "unitPrice": "9.99", "taxRate": "19"},
              {"sku": "MUG", "quantity": 2, "unitPrice": "5.00"}]}
            """);
    String order = "/v1/orders/" + weighed.at("/id");
    client.post(order + "/pay", "{}", "If-Match", "*", "Content-Type", "application/json");
    String refunds = order + "/refunds";

    TestResponse all =
        client.post(
            refunds + "?dryRun=true", "{\"lines\": [{\"sku\": \"TEA\", \"quantity\": 0.4}]}");
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.at("/total")).isEqualTo("4.76").isEqualTo(weighed.at("/lines/0/total"));

    TestResponse first =
        client
            .withoutRequestChecks()
            .post(refunds, "{\"lines\": [{\"sku\": \"TEA\", \"quantity\": \"0.125\"}]}");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.at("/lines/0/quantity")).isEqualTo("0.125");
    assertThat(first.at("/lines/0/amount")).isEqualTo("1.48");
    assertThat(first.at("/lines/0/tax")).isEqualTo("0.23");

    TestResponse excess =
        client.post(refunds, "{\"lines\": [{\"sku\": \"TEA\", \"quantity\": 0.4}]}");
    assertThat(excess.status()).isEqualTo(409);
    assertThat(excess.at("/detail")).contains("Only 0.275 of TEA can be refunded");
    assertThat(excess.violations()).containsExactly("/lines/0/quantity out_of_range");

    TestResponse rest =
        client.post(
            refunds,
            """
            {"lines": [{"sku": "TEA", "quantity": 0.2}, {"sku": "TEA", "quantity": 0.075}]}
            """);
    assertThat(rest.at("/lines/0/quantity")).isEqualTo("0.275");
    assertThat(rest.at("/refundedTotal")).isEqualTo("4.76");
    assertThat(client.get(refunds).json().get("data").valueStream())
        .containsExactly(first.json(), rest.json());

    TestResponse none =
        client.post(refunds, "{\"lines\": [{\"sku\": \"TEA\", \"quantity\": 0.001}]}");
    assertThat(none.at("/detail")).contains("All of TEA is refunded already");

    TestResponse half =
        client.post(refunds, "{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 0.5}]}");
    assertThat(half.status()).isEqualTo(422);
    assertThat(half.violations()).containsExactly("/lines/0/quantity too_precise");
    assertThat(half.body()).contains("the order has only whole units of MUG");
  }

  @Test
  void lists_refunds() {
    assertThat(client.get(path + "/refunds").json().get("data")).isEmpty();
    pay();
    TestResponse first = refund("{\"amount\": \"1.00\"}");
    TestResponse second = refund("{\"shipping\": true, \"lines\": []}");
    TestResponse third =
        refund("{\"shipping\": false, \"lines\": [{\"sku\":\"PEN\",\"quantity\":1}]}");

    TestResponse list = client.get("/v1/orders/" + placed.at("/number") + "/refunds");

    assertThat(list.json().get("data").valueStream())
        .containsExactly(first.json(), second.json(), third.json());
    assertThat(second.at("/shipping")).isEqualTo("4.90");
    assertThat(third.at("/refundedTotal")).isEqualTo("11.40");
    assertThat(client.get("/v1/orders/0/refunds").status()).isEqualTo(404);
  }

  @Test
  void dry_run_calculates_but_does_not_refund() {
    pay();
    String body =
        "{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 10}], \"shippingAmount\": \"0.90\"}";

    TestResponse dryRun = client.post(path + "/refunds?dryRun=true", body);

    assertThat(dryRun.status()).isEqualTo(200);
    assertThat(dryRun.json().get("version").isNull()).isTrue();
    assertThat(dryRun.at("/total")).isEqualTo("900.90");
    assertThat(client.get(path).at("/refundedTotal")).isEqualTo("0.00");
    assertThat(client.get(path + "/refunds").json().get("data")).isEmpty();
    assertThat(refund(body).at("/total")).isEqualTo("900.90");
    assertThat(client.post(path + "/refunds?dryRun=true", body).status()).isEqualTo(409);
    assertThat(client.post(path + "/refunds?dryRun=yes", body).violations())
        .containsExactly("?dryRun out_of_range");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # before                            | body                                | refundable
          {"amount": "910.40"}                           | {"amount": "0.01"}                          | 0.00
          {"amount": "900.00"}                           | {"amount": "10.41"}                         | 10.40
          {"amount": "900.00"}                           | {"lines": [{"sku": "MUG", "quantity": 1}]}  | 10.40
          {"lines": [{"sku": "MUG", "quantity": 9}]}     | {"lines": [{"sku": "MUG", "quantity": 2}]}  | 100.40
          {"shippingAmount": "4.00"}                     | {"shippingAmount": "0.91"}                  | 906.40
          {"shipping": true}                             | {"shipping": true}                          | 905.50
          {"amount": "0.01"}                             | {"lines": [{"sku": "PEN", "quantity": 1}, {"sku": "PEN", "quantity": 1}]} | 910.39
          """,
      delimiter = '|',
      quoteCharacter = '\'')
  void rejects_refund_beyond_the_paid_amount(String before, String body, String refundable) {
    pay();
    refund(before);
    TestResponse current = client.get(path);

    TestResponse refused = refund(body);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("refund_exceeds_paid");
    assertThat(refused.at("/refundable")).isEqualTo(refundable);
    assertThat(client.get(path).body()).isEqualTo(current.body());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"amount": "910.41"}        | /amount
          {"shipping": "5.00"}        | /shipping
          {"shippingAmount": "5.00"}  | /shippingAmount
          """,
      delimiter = '|')
  void points_to_the_amount_that_exceeds_what_was_paid(String body, String pointer) {
    pay();

    assertThat(refund(body).violations()).containsExactly(pointer + " out_of_range");
  }

  @Test
  void names_the_product_of_which_too_many_units_are_refunded() {
    pay();

    TestResponse refused =
        refund(
            """
            {"lines": [{"sku": "MUG", "quantity": 1}, {"sku": "PEN", "quantity": 100}]}\
            """);

    assertThat(refused.at("/detail")).contains("Only 1 of PEN can be refunded");
    assertThat(refused.violations()).containsExactly("/lines/1/quantity out_of_range");
  }

  @Test
  void refund_requires_payment_and_works_after_cancellation() {
    TestResponse unpaid = refund("{\"amount\": \"0.01\"}");
    assertThat(unpaid.status()).isEqualTo(409);
    assertThat(unpaid.at("/refundable")).isEqualTo("0.00");

    pay();
    client.post(path + "/cancel", "", "If-Match", "*");

    assertThat(refund("{\"amount\": \"910.40\"}").status()).isEqualTo(201);
    assertThat(client.get(path).at("/status")).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {}                                                        | 422 | empty
          {"lines": []}                                             | 422 | empty
          {"shipping": false}                                       | 422 | empty
          {"amount": "0"}                                           | 422 | /amount out_of_range
          {"amount": "-1.00"}                                       | 422 | /amount out_of_range
          {"amount": "1.001"}                                       | 422 | /amount too_precise
          {"amount": 1}                                             | 400 | /amount wrong_type
          {"shipping": "0.00"}                                      | 422 | /shipping out_of_range
          {"shipping": 1}                                           | 400 | /shipping wrong_type
          {"amount": "1", "lines": [{"sku": "MUG", "quantity": 1}]} | 422 | out_of_range
          {"lines": [{"sku": "CUP", "quantity": 1}]}                | 422 | /lines/0/sku not_ordered
          {"lines": [{"sku": "MUG"}]}                               | 422 | /lines/0/quantity missing_field
          {"lines": [{"sku": "MUG", "quantity": 0}]}                | 422 | /lines/0/quantity out_of_range
          {"lines": [{"sku": "MUG", "quantity": 1.5}]}              | 422 | /lines/0/quantity too_precise
          {"lines": [{"sku": "MUG", "quantity": "1.0005"}]}         | 422 | /lines/0/quantity too_precise
          {"lines": [{"sku": "MUG", "quantity": "x"}]}              | 422 | /lines/0/quantity malformed
          {"lines": [{"sku": "MUG", "quantity": 1, "unit": 1}]}     | 400 | /lines/0/unit unknown_field
          {"amount": "1", "reason": ""}                             | 422 | /reason empty
          {"amount": "1", "refund": true}                           | 400 | /refund unknown_field
          []                                                        | 400 | wrong_type
          """,
      delimiter = '|',
      quoteCharacter = '\'')
  void rejects_invalid_body(String body, int status, String violation) {
    pay();

    TestResponse response = refund(body);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.violations()).contains(violation);
    assertThat(client.get(path).at("/version")).isEqualTo("2");
  }

  @Test
  void if_match_is_optional() {
    pay();

    assertThat(refund("{\"amount\": \"1.00\"}", "\"1\"").status()).isEqualTo(412);
    assertThat(refund("{\"amount\": \"1.00\"}", "\"2\"").status()).isEqualTo(201);
    assertThat(refund("{\"amount\": \"1.00\"}", "\"2\"").status()).isEqualTo(412);
    assertThat(refund("{\"amount\": \"1.00\"}", "*").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ord_00000000000000000000000000", "0", "x"})
  void unknown_order_is_not_found(String id) {
    assertThat(client.post("/v1/orders/" + id + "/refunds", "{\"amount\": \"1.00\"}").status())
        .isEqualTo(404);
  }

  @Test
  void concurrent_refunds_never_exceed_the_paid_amount() throws Exception {
    pay();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> call =
          () -> refund("{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}").status();
      List<Integer> statuses =
          executor.invokeAll(Stream.generate(() -> call).limit(25).toList()).stream()
              .map(Future::resultNow)
              .toList();

      assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
    }
    assertThat(client.get(path).at("/refundedTotal")).isEqualTo("900.00");
    assertThat(client.get(path + "/refunds").json().get("data")).hasSize(10);
  }

  @Test
  void order_export_includes_the_refunded_total() {
    pay();
    refund("{\"amount\": \"100.00\"}");

    String orders = client.get("/v1/orders/export?q=" + placed.at("/number")).body();

    assertThat(orders).contains(",910.40,100.00,");
  }

  private void pay() {
    ContractCheckingClient.expect(200, client.post(path + "/pay", "", "If-Match", "*"));
  }

  private TestResponse refund(String body) {
    return client.post(path + "/refunds", body);
  }

  private TestResponse refund(String body, String tags) {
    return client.post(
        path + "/refunds", body, "Content-Type", "application/json", "If-Match", tags);
  }
}
