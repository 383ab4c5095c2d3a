package kassa.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.Setting;
import kassa.bootstrap.config.SettingSources;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Order(0)
class WarmUpTest {

  @TempDir private Path folder;

  /** The warm-up would take longer than the test may. */
  @Test
  @Timeout(50)
  void serves_during_the_warm_up_but_is_not_ready_and_a_stop_ends_it() throws Exception {
    try (KassaServer server = start("60s")) {
      HttpResponse<String> ready = get(server, "/health/ready");

      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("\"code\":\"warming_up\"");
      assertThat(ready.headers().firstValue("Retry-After")).contains("1");
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(server, "/v1/orders").statusCode()).isEqualTo(401);
    }
  }

  @Test
  @Timeout(50)
  void is_ready_after_the_warm_up_and_leaves_nothing_behind() throws Exception {
    start("0").close();
    List<String> before = contents();

    try (KassaServer server = start("1s")) {
      int status = 503;
      while (status == 503) {
        status = get(server, "/health/ready").statusCode();
      }
      assertThat(status).isEqualTo(200);
    }

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void is_ready_at_once_without_a_warm_up() throws Exception {
    try (KassaServer server = start("0")) {
      assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void takes_in_turn_what_a_shop_does() {
    WarmUpRequests requests =
        WarmUpRequests.of(
            new TreeSet<>(List.of("CHF")), "{\"data\":[{\"id\":\"ord_1a\",\"number\":1}]}", true);

    assertThat(starts(requests))
        .contains("POST /v1/orders", "POST /v1/quotes", "GET /v1/orders/ord_1a", "GET /v1/orders?");
    assertThat(requests.get(4)).contains("\"currency\":\"CHF\"");
  }

  @Test
  void places_no_orders_in_a_database_that_accepts_only_reads() {
    WarmUpRequests requests = WarmUpRequests.of(new TreeSet<>(List.of("EUR")), "", false);

    assertThat(starts(requests)).noneMatch(start -> start.startsWith("POST /v1/orders"));
  }

  private static List<String> starts(WarmUpRequests requests) {
    return IntStream.range(0, 48)
        .mapToObj(requests::get)
        .map(request -> request.replaceFirst("(?s)( HTTP/1.1|limit=).*", ""))
        .distinct()
        .toList();
  }

  /** The number of rows of each table, and the next number of each sequence. */
  private List<String> contents() throws SQLException {
    String url = "jdbc:h2:" + folder.resolve("kassa") + ";USER=sa";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      List<String> tables =
          column(
              statement,
              "select table_name from information_schema.tables where table_schema = 'PUBLIC' and"
                  + " table_type = 'BASE TABLE' order by 1");
      List<String> contents = new ArrayList<>();
      for (String table : tables) {
        contents.add(
            table + column(statement, "select count(*) from \"" + table + "\"").getFirst());
      }
      contents.addAll(
          column(
              statement,
              "select base_value from information_schema.sequences order by sequence_name"));
      assertThat(contents).filteredOn(Predicate.not(String::isEmpty)).hasSizeGreaterThan(15);
      return contents;
    }
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static HttpResponse<String> get(KassaServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private KassaServer start(String warmUp) {
    return KassaServer.start(
        Config.of(
            SettingSources.load(
                Map.of(
                    Setting.PORT,
                    "0",
                    Setting.DATA_DIR,
                    folder.toString(),
                    Setting.WARM_UP,
                    warmUp))),
        "1");
  }
}
