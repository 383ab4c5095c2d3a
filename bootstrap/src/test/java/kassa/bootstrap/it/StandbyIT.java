package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists, reports, exports and SQL queries on a streaming standby, and without it. */
@Timeout(600)
class StandbyIT {

  private static final String ORDER =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":1,"unitPrice":"10.00"}]}
      """;
  private static final String REPORT = "/v1/reports/sales?groupBy=sku";
  private static final Pattern ID = Pattern.compile("\"id\":\"(ord_[^\"]+)");
  private static final String QUERY =
      "select pg_is_in_recovery() as standby, count(*) from v1_orders";

  @TempDir private Path folder;

  @Test
  void lists_reports_exports_and_sql_use_the_standby_while_it_is_there() throws Exception {
    try (ReplicatedPostgres postgres = ReplicatedPostgres.start(folder)) {
      String url = postgres.primaryUrl();
      String standbyUrl = postgres.standbyUrl();
      String[] flags = {"--db-url", url, "--db-read-url", standbyUrl, "--db-read-pool", "2"};
      try (KassaProcess kassa = KassaProcess.startServer(folder, flags)) {
        for (int i = 0; i < 20; i++) {
          assertPlacedOrderIsListed(kassa);
        }
        awaitOnStandby(kassa, postgres, "/v1/orders", "order_discounts");
        awaitOnStandby(kassa, postgres, "/v1/orders/export", "order_discounts");
        awaitOnStandby(kassa, postgres, REPORT, "from sales_buckets");
        assertThat(sql(url, standbyUrl))
            .isEqualTo(new KassaProcess.CommandResult(0, "standby,count\r\nt,20\r\n", ""));

        postgres.stopStandby();
        for (int i = 0; i < 3; i++) {
          assertPlacedOrderIsListed(kassa);
        }
        assertThat(kassa.get(REPORT).body()).contains("\"orders\":23");
        assertThat(kassa.get("/health/ready").statusCode()).isEqualTo(200);
        KassaProcess.CommandResult onPrimary = sql(url, standbyUrl);
        assertThat(onPrimary.out()).isEqualTo("standby,count\r\nf,23\r\n");
        assertThat(onPrimary.err())
            .startsWith("kassa: the query runs on the primary, because the standby cannot be used")
            .hasLineCount(1);
        assertThat(kassa.log()).contains("The standby is not used");

        postgres.startStandby();
        assertPlacedOrderIsListed(kassa);
        awaitOnStandby(kassa, postgres, "/v1/orders", "order_discounts");
        assertThat(kassa.log()).contains("The standby is used again after ");

        postgres.promoteStandby();
        assertPlacedOrderIsListed(kassa);
        assertThat(kassa.log()).contains("it is not a standby, or was promoted");
      }
    }
  }

  private static void assertPlacedOrderIsListed(KassaProcess kassa) {
    HttpResponse<String> placed = kassa.post("/v1/orders", ORDER);
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
    Matcher id = ID.matcher(placed.body());
    assertThat(id.find()).isTrue();
    HttpResponse<String> list = kassa.get("/v1/orders?limit=1");
    assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
    assertThat(list.body()).contains(id.group(1));
  }

  /** On a busy machine the standby may be behind for a moment. */
  private static void awaitOnStandby(
      KassaProcess kassa, ReplicatedPostgres postgres, String path, String sql) throws Exception {
    do {
      Polling.pauseClient();
      assertThat(kassa.get(path).statusCode()).isEqualTo(200);
    } while (!postgres.hasRunOnStandby(sql));
  }

  private KassaProcess.CommandResult sql(String url, String standbyUrl) throws Exception {
    return KassaProcess.runCommand(
        folder, "sql", "--csv", QUERY, "--db-url", url, "--db-read-url", standbyUrl);
  }
}
