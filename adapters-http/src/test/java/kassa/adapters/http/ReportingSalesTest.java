package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ReportingSalesTest {

  private final MovableClock clock = new MovableClock();
  @AutoClose private final TestServer server = TestServer.over(store -> store, clock);
  private final CheckedClient client = server.client;

  @Test
  void tells_what_was_sold_each_day() {
    client.place(Bodies.order("USD", Bodies.line("MUG", "10", "100.00")));
    client.place(Bodies.order("JPY", Bodies.line("MUG", "0.500", "100")));
    clock.forward(Duration.ofHours(12));
    client.place(Bodies.GOOD);
    Answer cancelled = client.place(Bodies.GOOD);
    client.post(
        "/v1/orders/4/cancel",
        "{}",
        "If-Match",
        cancelled.header("ETag"),
        "Content-Type",
        "application/json");

    Answer report = client.get("/v1/reports/sales?groupBy=day&from=2026-06-15T06:00:00Z");

    assertThat(report.status()).isEqualTo(200);
    assertThat(report.json())
        .isEqualTo(
            Json.read(
                """
                {"groupBy": "day", "from": "2026-06-15T06:00:00Z",
                 "to": "2026-06-16T00:00:00.123457Z", "zone": "UTC", "data": [
                  {"key": "2026-06-15", "from": "2026-06-15T06:00:00Z",
                   "to": "2026-06-16T00:00:00Z", "currency": "JPY", "orders": 1, "units": 0.5,
                   "gross": "50", "discounts": "0", "net": "50", "tax": "0", "refunds": "0"},
                  {"key": "2026-06-15", "from": "2026-06-15T06:00:00Z",
                   "to": "2026-06-16T00:00:00Z", "currency": "USD", "orders": 1, "units": 10,
                   "gross": "1000.00", "discounts": "100.00", "net": "900.00", "tax": "0.00",
                   "refunds": "0.00"},
                  {"key": "2026-06-16", "from": "2026-06-16T00:00:00Z",
                   "to": "2026-06-16T00:00:00.123457Z", "currency": "USD", "orders": 1, "units": 1,
                   "gross": "100.00", "discounts": "0.00", "net": "100.00", "tax": "0.00",
                   "refunds": "0.00"}],
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
  void groups_by_what_it_is_told(String groupBy, String zone, String key) {
    client.place(Bodies.orderWith("quantity", "10"));

    Answer report = client.get("/v1/reports/sales?groupBy=" + groupBy + "&zone=" + zone);

    assertThat(keys(report)).containsExactly(key);
    assertThat(report.at("/data/0/discounts")).isEqualTo("100.00");
    assertThat(report.at("/zone")).isEqualTo(zone);
    assertThat(report.json().at("/data/0").has("from"))
        .isEqualTo(report.json().at("/data/0").has("to"));
  }

  @Test
  void tells_of_orders_without_a_customer_as_well() {
    client.place(Bodies.GOOD);

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
          groupBy=day&from=2020-01-01T00:00:00Z | ?groupBy too_many
          groupBy=day&limit=1                   | ?limit unknown_parameter
          """,
      delimiter = '|')
  void refuses_what_cannot_be_reported(String query, String flaw) {
    Answer answer = client.get("/v1/reports/sales?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @Test
  void tells_all_that_is_wrong_at_once() {
    assertThat(client.get("/v1/reports/sales?groupBy=x&from=x&to=x&zone=x").flaws())
        .containsExactlyInAnyOrder(
            "?groupBy out_of_range", "?from malformed", "?to malformed", "?zone out_of_range");
  }

  @Test
  void an_outage_is_not_answered_as_nothing_sold() {
    server.store.takeAway();

    assertThat(client.get("/v1/reports/sales?groupBy=sku").status()).isEqualTo(503);
  }

  private static List<String> keys(Answer report) {
    return report
        .json()
        .get("data")
        .valueStream()
        .map(group -> group.get("key").asString())
        .toList();
  }
}
