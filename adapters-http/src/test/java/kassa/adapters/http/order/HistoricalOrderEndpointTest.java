package kassa.adapters.http.order;

import static kassa.adapters.http.OrderBodies.batch;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders with {@code placedAt}. */
class HistoricalOrderEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient admin = server.client;

  @Test
  void order_of_the_past_keeps_its_time_and_the_prices_sent() {
    TestResponse present = admin.place(OrderBodies.VALID_ORDER);

    TestResponse placed = admin.place(at("2019-03-01T10:30:00.1234567+01:00"));

    assertThat(placed.at("/placedAt")).isEqualTo("2019-03-01T09:30:00.123456Z");
    assertThat(placed.at("/total")).isEqualTo("1000.00");
    assertThat(placed.at("/status")).isEqualTo("placed");
    assertThat(placed.at("/updatedAt")).isGreaterThanOrEqualTo(present.at("/updatedAt"));
    assertThat(Long.parseLong(placed.at("/number")))
        .isGreaterThan(Long.parseLong(present.at("/number")));
    String order = "/v1/orders/" + placed.at("/id");
    assertThat(admin.get(order).body()).isEqualTo(placed.body());
    assertThat(admin.get(order + "/events").at("/data/0/at")).isEqualTo(placed.at("/placedAt"));
    assertThat(admin.post(order + "/pay", "", "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void lists_exports_and_reports_sort_it_by_its_time() {
    TestResponse present = admin.place(OrderBodies.VALID_ORDER);
    TestResponse past = admin.place(at("2019-03-01T09:30:00Z"));
    TestResponse older = admin.place(at("2019-02-28T23:59:59.999999Z"));

    assertThat(admin.get("/v1/orders").json().get("data").findValuesAsString("number"))
        .containsExactly(present.at("/number"), past.at("/number"), older.at("/number"));
    TestResponse first = admin.get("/v1/orders?sort=placedAt&limit=1");
    assertThat(first.at("/data/0/id")).isEqualTo(older.at("/id"));
    assertThat(
            admin
                .get("/v1/orders?sort=placedAt&limit=1&cursor=" + first.at("/nextCursor"))
                .at("/data/0/id"))
        .isEqualTo(past.at("/id"));
    String march = "placedFrom=2019-03-01T00:00:00Z&placedTo=2019-04-01T00:00:00Z";
    assertThat(admin.get("/v1/orders/export?" + march).body())
        .contains("2019-03-01T09:30:00Z")
        .doesNotContain("2019-02-28");
    TestResponse report =
        admin.get(
            "/v1/reports/sales?groupBy=month&from=2019-01-01T00:00:00Z&to=2019-12-31T00:00:00Z");
    assertThat(report.json().get("data").findValuesAsString("net"))
        .containsExactly("1000.00", "1000.00");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          9999-12-31T23:59:59Z, out_of_range
          1969-12-31T23:59:59Z, out_of_range
          2019-03-01,           malformed
          """)
  void refuses_times_that_are_not_in_the_past(String time, String code) {
    TestResponse refused = admin.post("/v1/orders", at(time));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.violations()).containsExactly("/placedAt " + code);
    assertThat(admin.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void codes_do_not_apply_to_it() {
    String withCode = at("2019-03-01T09:30:00Z").replaceFirst("\\{", "{\"codes\": [\"X\"], ");

    TestResponse refused = admin.post("/v1/orders", withCode);
    TestResponse dropped =
        admin.place(withCode.replaceFirst("\\{", "{\"onInvalidCode\": \"drop\", "));

    assertThat(refused.at("/code")).isEqualTo("code_rejected");
    assertThat(refused.violations()).containsExactly("/codes/0 placed_in_past");
    assertThat(refused.at("/errors/0/detail")).contains("placedAt");
    assertThat(refused.at("/quote/rejected/0/reason")).isEqualTo("placed_in_past");
    assertThat(dropped.at("/total")).isEqualTo("1000.00");
    assertThat(dropped.at("/rejected/0/reason")).isEqualTo("placed_in_past");
    assertThat(admin.get("/v1/orders/" + dropped.at("/id")).body()).isEqualTo(dropped.body());
  }

  @Test
  void same_key_replays_it() {
    String[] key = {"Content-Type", "application/json", "Idempotency-Key", "2019-1"};

    TestResponse first = admin.post("/v1/orders", at("2019-03-01T09:30:00Z"), key);
    TestResponse again = admin.post("/v1/orders", at("2019-03-01T09:30:00Z"), key);
    TestResponse other = admin.post("/v1/orders", at("2019-03-01T09:30:01Z"), key);

    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(other.at("/code")).isEqualTo("idempotency_key_reused");
  }

  @Test
  void requires_its_scope_in_every_call_that_places_orders() {
    ContractCheckingClient till =
        HttpTestUsers.createProgramClient(admin, "orders:write", "prices:set");
    String past = at("2019-03-01T09:30:00Z").replace("\n", "");

    TestResponse denied = till.post("/v1/orders", past);
    TestResponse deniedInBatch = till.post("/v1/orders/batch", batch(past));
    TestResponse deniedInStream = stream(till, past);

    String detail = "This operation requires the scope orders:import.";
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.at("/detail")).isEqualTo(detail);
    assertThat(deniedInBatch.at("/results/0/problem/detail")).isEqualTo(detail);
    assertThat(deniedInStream.body()).contains("\"status\":403", detail);
    assertThat(admin.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void key_with_the_scope_places_it_in_every_call() {
    ContractCheckingClient importer =
        HttpTestUsers.createProgramClient(admin, "orders:write", "prices:set", "orders:import");
    String past = at("2019-03-01T09:30:00Z").replace("\n", "");
    String future = at("9999-12-31T23:59:59Z").replace("\n", "");

    assertThat(importer.post("/v1/orders", past).status()).isEqualTo(201);
    TestResponse independent = importer.post("/v1/orders/batch", batch(past, future));
    TestResponse stream = stream(importer, past + "\n" + future);

    assertThat(independent.at("/results/0/order/placedAt")).isEqualTo("2019-03-01T09:30:00Z");
    assertThat(independent.at("/results/1/problem/errors/0/pointer")).isEqualTo("/placedAt");
    assertThat(stream.body()).contains("\"placed\":1,\"rejected\":1", "2019-03-01T09:30:00Z");
    assertThat(admin.get("/v1/orders?placedTo=2019-03-02T00:00:00Z").json().get("data")).hasSize(3);
    assertThat(
            HttpTestUsers.createProgramClient(admin, "orders:import")
                .post("/v1/orders", past)
                .status())
        .isEqualTo(403);
  }

  private static TestResponse stream(ContractCheckingClient client, String lines) {
    return client.post("/v1/orders/batch", lines + "\n", "Content-Type", "application/x-ndjson");
  }

  private static String at(String time) {
    return """
    {"currency": "USD", "lines": [{"sku": "MUG", "quantity": 10, "unitPrice": "100.00"}],
     "placedAt": "%s"}\
    """
        .formatted(time);
  }
}
