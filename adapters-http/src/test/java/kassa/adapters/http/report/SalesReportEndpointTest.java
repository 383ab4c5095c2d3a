package kassa.adapters.http.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.ManualClock;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SalesReportEndpointTest {

  private final ManualClock clock = new ManualClock();
  @AutoClose private final TestServer server = TestServer.startWith(store -> store, clock);
  private final ContractCheckingClient client = server.client;

  @Test
  void reports_sales_by_day() {
    client.place(OrderBodies.order("USD", OrderBodies.line("MUG", "10", "100.00")));
    client.place(OrderBodies.order("JPY", OrderBodies.line("MUG", "0.500", "100")));
    clock.advance(Duration.ofHours(12));
    client.place(OrderBodies.VALID_ORDER);
    TestResponse cancelled = client.place(OrderBodies.VALID_ORDER);
    client.post(
        "/v1/orders/4/cancel",
        "{}",
        "If-Match",
        cancelled.header("ETag"),
        "Content-Type",
        "application/json");

    TestResponse report = client.get("/v1/reports/sales?groupBy=day&from=2026-06-15T06:00:00Z");

    assertThat(report.status()).isEqualTo(200);
    assertThat(report.json())
        .isEqualTo(
            TestJson.read(
                """
                {"groupBy": "day", "from": "2026-06-15T06:00:00Z",
                 "to": "2026-06-16T00:00:00.123457Z", "zone": "UTC", "refundsBy": "order_date", "data": [
                  {"key": "2026-06-15", "from": "2026-06-15T06:00:00Z",
                   "to": "2026-06-16T00:00:00Z", "currency": "JPY", "orders": 1, "units": 0.5,
                   "gross": "50", "discounts": "0", "net": "50", "tax": "0", "refunds": "0",
                   "refundedTax": "0", "netSales": "50"},
                  {"key": "2026-06-15", "from": "2026-06-15T06:00:00Z",
                   "to": "2026-06-16T00:00:00Z", "currency": "USD", "orders": 1, "units": 10,
                   "gross": "1000.00", "discounts": "100.00", "net": "900.00", "tax": "0.00",
                   "refunds": "0.00", "refundedTax": "0.00", "netSales": "900.00"},
                  {"key": "2026-06-16", "from": "2026-06-16T00:00:00Z",
                   "to": "2026-06-16T00:00:00.123457Z", "currency": "USD", "orders": 1, "units": 1,
                   "gross": "100.00", "discounts": "0.00", "net": "100.00", "tax": "0.00",
                   "refunds": "0.00", "refundedTax": "0.00", "netSales": "100.00"}],
                 "truncated": false}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          day,      UTC,                2026-06-15
          day,      Pacific/Auckland,   2026-06-16
          week,     UTC,                2026-W25
          month,    America/New_York,   2026-06
          sku,      UTC,                MUG
          customer, UTC,                c-4711
          rule,     UTC,                rul_01kdvdna00e008000000000001
          """)
  void groups_by_the_requested_dimension(String groupBy, String zone, String key) {
    client.place(OrderBodies.orderWith("quantity", "10"));

    TestResponse report = client.get("/v1/reports/sales?groupBy=" + groupBy + "&zone=" + zone);

    assertThat(keys(report)).containsExactly(key);
    assertThat(report.at("/data/0/discounts")).isEqualTo("100.00");
    assertThat(report.at("/zone")).isEqualTo(zone);
    assertThat(report.json().at("/data/0").has("from"))
        .isEqualTo(report.json().at("/data/0").has("to"));
  }

  @Test
  void reports_as_csv_without_formulas() {
    client.place(OrderBodies.order("USD", OrderBodies.line("=1+1", "0.500", "100.00")));
    String header =
        "key,from,to,currency,orders,units,gross,discounts,net,tax,refunds,refundedTax,netSales\r\n";

    TestResponse bySku = client.get("/v1/reports/sales?groupBy=sku", "Accept", "text/csv");
    TestResponse byMonth =
        client.get("/v1/reports/sales?groupBy=month&bom=true", "Accept", "text/csv");

    assertThat(bySku.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
    assertThat(bySku.header("Content-Disposition")).isEqualTo("attachment; filename=\"sales.csv\"");
    assertThat(bySku.body())
        .isEqualTo(header + "'=1+1,,,USD,1,0.5,50.00,0.00,50.00,0.00,0.00,0.00,50.00\r\n");
    assertThat(byMonth.body())
        .isEqualTo(
            "\uFEFF"
                + header
                + "2026-06,2026-06-01T00:00:00Z,2026-06-15T12:00:00.123457Z,"
                + "USD,1,0.5,50.00,0.00,50.00,0.00,0.00,0.00,50.00\r\n");
    assertThat(client.get("/v1/reports/sales?groupBy=sku").header("Content-Type"))
        .startsWith("application/json");
  }

  @Test
  void counts_refunds_by_their_own_date() {
    TestResponse placed =
        client.place(
            """
            {"currency": "USD", "shipping": {"amount": "5.00", "taxRate": "20"}, "lines": [
              {"sku": "MUG", "quantity": 1, "unitPrice": "10.00", "taxRate": "10"}]}
            """);
    String order = "/v1/orders/" + placed.at("/id");
    client.post(order + "/pay", "", "If-Match", "*");
    clock.advance(Duration.ofDays(40));
    client.post(order + "/refunds", "{\"shipping\": true}");

    TestResponse byOrder = client.get("/v1/reports/sales?groupBy=month");
    TestResponse byRefund = client.get("/v1/reports/sales?groupBy=month&refundsBy=refund_date");

    assertThat(keys(byOrder)).containsExactly("2026-06");
    assertThat(byOrder.at("/data/0/refunds")).isEqualTo("6.00");
    assertThat(byOrder.at("/data/0/refundedTax")).isEqualTo("1.00");
    assertThat(byOrder.at("/data/0/netSales")).isEqualTo("10.00");
    assertThat(byRefund.at("/refundsBy")).isEqualTo("refund_date");
    assertThat(keys(byRefund)).containsExactly("2026-06", "2026-07");
    assertThat(byRefund.at("/data/0/netSales")).isEqualTo("15.00");
    assertThat(byRefund.at("/data/1/orders")).isEqualTo("0");
    assertThat(byRefund.at("/data/1/netSales")).isEqualTo("-5.00");
  }

  @Test
  void includes_orders_without_customer() {
    client.place(OrderBodies.VALID_ORDER);

    JsonNode group = client.get("/v1/reports/sales?groupBy=customer").json().at("/data/0");

    assertThat(group.get("key").isNull()).isTrue();
    assertThat(group.get("orders").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ''                                    | ?groupBy missing_field
          groupBy=year                          | ?groupBy out_of_range
          groupBy=DAY                           | ?groupBy out_of_range
          groupBy=day&from=yesterday            | ?from malformed
          groupBy=day&to=2026-06-15             | ?to malformed
          groupBy=day&zone=Berlin               | ?zone out_of_range
          groupBy=day&zone=                     | ?zone out_of_range
          groupBy=day&zone=%2B02:00             | ?zone out_of_range
          groupBy=day&from=2026-06-16T00:00:00Z&to=2026-06-16T00:00:00Z | ?to out_of_range
          groupBy=day&to=0000-12-31T23:59:59.999999Z | ?to out_of_range
          groupBy=day&from=0000-01-01T00:00:00Z&to=0000-01-01T00:00:00Z | ?to out_of_range
          groupBy=day&from=2020-01-01T00:00:00Z | ?groupBy too_many
          groupBy=day&limit=1                   | ?limit unknown_parameter
          groupBy=day&refundsBy=date            | ?refundsBy out_of_range
          groupBy=day&bom=true                  | ?bom out_of_range
          groupBy=day&bom=yes                   | ?bom out_of_range
          """,
      delimiter = '|')
  void rejects_invalid_query(String query, String violation) {
    TestResponse response = client.get("/v1/reports/sales?" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void default_start_is_in_the_years_that_can_be_requested() {
    String report = "/v1/reports/sales?groupBy=month&to=";

    assertThat(client.get(report + "0001-01-01T00:00:00Z").at("/from"))
        .isEqualTo("0000-01-01T00:00:00Z");
    assertThat(client.get(report + "0000-01-01T00:00:00Z").body())
        .contains("to must be 0001-01-01T00:00:00Z or later if from is not given");
  }

  @Test
  void reports_all_violations_at_once() {
    assertThat(client.get("/v1/reports/sales?groupBy=x&from=x&to=x&zone=x").violations())
        .containsExactlyInAnyOrder(
            "?groupBy out_of_range", "?from malformed", "?to malformed", "?zone out_of_range");
  }

  @Test
  void outage_is_503_and_not_an_empty_report() {
    server.store.makeUnavailable();

    assertThat(client.get("/v1/reports/sales?groupBy=sku").status()).isEqualTo(503);
  }

  private static List<String> keys(TestResponse report) {
    return report
        .json()
        .get("data")
        .valueStream()
        .map(group -> group.get("key").asString())
        .toList();
  }
}
