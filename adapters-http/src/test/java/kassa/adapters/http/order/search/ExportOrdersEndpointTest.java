package kassa.adapters.http.order.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.UseCaseOverrides;
import kassa.application.UseCases;
import kassa.application.port.in.Slice;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.Refund;
import kassa.domain.pricing.RuleTrace;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportOrdersEndpointTest {

  private static final String PATH = "/v1/orders/export";
  private static final String LINES_PATH = "/v1/order-lines/export";

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void exports_csv_with_header_and_one_row_per_order() {
    client.place(OrderBodies.orderWith("customerId", "\"=1+1,\\\"x\\\"\""));

    TestResponse csv = client.get(PATH, "Accept", "text/csv");

    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
    assertThat(csv.header("Content-Disposition")).contains("orders.csv");
    String[] rows = csv.body().split("\r\n", -1);
    assertThat(rows).hasSize(3);
    assertThat(rows[0]).isEqualTo(String.join(",", OrderCsv.COLUMNS));
    TestResponse order = client.get("/v1/orders/1");
    assertThat(rows[1])
        .isEqualTo(
            String.join(
                ",",
                "1",
                order.at("/id"),
                "placed",
                order.at("/placedAt"),
                order.at("/placedAt"),
                "\"'=1+1,\"\"x\"\"\"",
                "",
                "",
                "USD",
                "100.00",
                "0.00",
                "0.00",
                "0.00",
                "100.00",
                "0.00",
                "",
                ""));
    assertThat(rows[2]).isEmpty();
  }

  @Test
  void exports_one_csv_row_per_order_line() {
    client.place(
        """
        {"currency": "EUR", "customerId": "anna", "lines": [
          {"sku": "MUG", "quantity": 10, "unitPrice": "12.50", "listPrice": "15.00",
           "taxRate": "19"},
          {"sku": "=1+1", "quantity": 0.5, "unitPrice": "4.00"}]}
        """);

    TestResponse csv = client.get(LINES_PATH, "Accept", "text/csv");

    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
    assertThat(csv.header("Content-Disposition")).contains("order-lines.csv");
    TestResponse order = client.get("/v1/orders/1");
    String first = String.join(",", "1", order.at("/id"), "placed", order.at("/placedAt"), "anna");
    assertThat(csv.body().split("\r\n", -1))
        .containsExactly(
            String.join(",", OrderLineCsv.COLUMNS),
            String.join(
                ",",
                first,
                "EUR,0,MUG,10,12.50,15.00",
                order.at("/lines/0/subtotal"),
                order.at("/lines/0/discountTotal"),
                "19",
                order.at("/lines/0/taxTotal"),
                order.at("/lines/0/total")),
            first + ",EUR,1,'=1+1,0.5,4.00,,2.00,0.00,,0.00,2.00",
            "");
    assertThat(order.at("/lines/0/discountTotal")).isNotEqualTo("0.00");
    assertThat(order.at("/lines/0/taxTotal")).isNotEqualTo("0.00");
  }

  @Test
  void exports_order_lines_of_all_pages_with_sort_and_filter() {
    for (int i = 0; i < 205; i++) {
      client.place(
          OrderBodies.order(
              "USD",
              OrderBodies.line(i % 100 == 0 ? "PEN" : "MUG", "1", "1.00"),
              OrderBodies.line("POT", "1", "1.00")));
    }

    assertThat(numbers(client.get(LINES_PATH + "?sort=placedAt")))
        .containsExactlyElementsOf(
            IntStream.range(0, 410).mapToObj(i -> "" + (i / 2 + 1)).toList());
    assertThat(numbers(client.get(LINES_PATH + "?sku=PEN")))
        .containsExactly("201", "201", "101", "101", "1", "1");
    assertThat(client.get(LINES_PATH + "?skuu=PEN").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, LINES_PATH})
  void csv_starts_with_a_byte_order_mark_if_wanted(String path) {
    client.place(OrderBodies.VALID_ORDER);
    String csv = client.get(path).body();

    assertThat(csv).doesNotContain("\uFEFF");
    assertThat(client.get(path + "?bom=false").body()).isEqualTo(csv);
    assertThat(client.get(path + "?bom=true").body()).isEqualTo("\uFEFF" + csv);
    assertThat(client.get(path + "?bom=yes").status()).isEqualTo(400);
  }

  @Test
  void refuses_a_byte_order_mark_before_ndjson() {
    TestResponse refused = client.get(PATH + "?bom=true", "Accept", "application/x-ndjson");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/errors/0/parameter")).isEqualTo("bom");
  }

  @Test
  void exports_ndjson_with_one_order_per_line() {
    client.place(OrderBodies.VALID_ORDER);
    client.place(OrderBodies.orderWith("quantity", "50"));

    TestResponse lines = client.get(PATH, "Accept", "application/x-ndjson");

    assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(lines.body())
        .isEqualTo(
            client.get("/v1/orders/2").body() + "\n" + client.get("/v1/orders/1").body() + "\n");
  }

  @Test
  void exports_more_than_one_page_with_sort_and_filter() {
    for (int i = 0; i < 405; i++) {
      client.place(
          OrderBodies.order("USD", OrderBodies.line(i % 81 == 0 ? "PEN" : "MUG", "1", "1.00")));
    }

    assertThat(numbers(client.get(PATH + "?sort=placedAt")))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 405).mapToObj(i -> "" + i).toList());
    assertThat(numbers(client.get(PATH + "?sku=PEN")))
        .containsExactly("325", "244", "163", "82", "1");
    assertThat(numbers(client.get(PATH + "?sku=SPOON"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          */*                                             | text/csv;charset=utf-8
          text/*                                          | text/csv;charset=utf-8
          application/x-ndjson, text/csv                  | text/csv;charset=utf-8
          application/x-ndjson, text/csv;q=0.9            | application/x-ndjson
          text/csv;q=0.35, application/x-ndjson;q=0.4     | application/x-ndjson
          application/*;q=0.001, text/csv;q=0             | application/x-ndjson
          TEXT/CSV; header=present                        | text/csv;charset=utf-8
          """,
      delimiter = '|')
  void chooses_media_type_by_accept_quality(String accept, String contentType) {
    assertThat(client.get(PATH, "Accept", accept).header("Content-Type")).isEqualTo(contentType);
  }

  @Test
  void head_has_the_headers_of_get() {
    client.place(OrderBodies.VALID_ORDER);

    TestResponse head = client.send("HEAD", PATH, new byte[0], "Accept", "application/x-ndjson");

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          gzip            | true
          br, GZIP;q=0.5  | true
          *               | true
          gzip;q=0        | false
          gzip;q=0, *     | false
          identity        | false
          """,
      delimiter = '|')
  void compresses_if_accepted(String acceptEncoding, boolean compressed) throws Exception {
    for (int i = 0; i < 300; i++) {
      client.place(OrderBodies.VALID_ORDER);
    }

    HttpResponse<byte[]> response =
        get(server.http.port(), "Accept-Encoding", acceptEncoding, "Accept", "text/csv");

    assertThat(response.headers().firstValue("Content-Encoding").orElse("none"))
        .isEqualTo(compressed ? "gzip" : "none");
    byte[] body =
        compressed
            ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()
            : response.body();
    assertThat(new String(body, UTF_8)).isEqualTo(client.get(PATH).body()).hasLineCount(301);
  }

  @Test
  void unavailable_store_at_start_is_a_problem_response() {
    server.store.makeUnavailable();

    assertThat(client.get(PATH).status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "identity"})
  void failure_midway_breaks_the_connection(String encoding) {
    try (TestServer failing =
        serverWithPages(page -> {
          if (page < 3) {
            return endlessPage(page);
          }
          throw new StoreUnavailableException("gone", new IOException());
        })) {
      assertThatIOException()
          .isThrownBy(() -> get(failing.http.port(), "Accept-Encoding", encoding));
    }
  }

  @Test
  void client_disconnect_stops_the_export() throws Exception {
    LinkedBlockingQueue<Integer> pages = new LinkedBlockingQueue<>();
    try (TestServer endless =
        serverWithPages(page -> {
          pages.add(page);
          return endlessPage(page);
        })) {
      try (RawHttpConnection connection = endless.client.openConnection()) {
        connection.send(
            """
            GET /v1/orders/export HTTP/1.1
            Host: kassa

            """);
        while (pages.take() < 3) {
          // Waits until the response has started.
        }
      }
      int more = 0;
      while (pages.poll(2, SECONDS) != null) {
        assertThat(more++).as("pages read after the disconnect").isLessThan(1_000);
      }
    }
  }

  @Test
  void shutdown_ends_a_running_export() throws Exception {
    LinkedBlockingQueue<Integer> pages = new LinkedBlockingQueue<>();
    TestServer stopping =
        TestServer.startWithShutdownTimeout(
            Duration.ofMillis(200),
            useCases ->
                withSearch(
                    useCases,
                    new PagedSearch(page -> {
                      pages.add(page);
                      return endlessPage(page);
                    })));
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> get(stopping.http.port(), "Accept", "text/csv")));
    while (pages.take() < 3) {
      // Waits until the response has started.
    }

    stopping.close();

    assertThat(failure.get(60, SECONDS)).isInstanceOf(IOException.class);
  }

  private static TestServer serverWithPages(IntFunction<Slice<Order>> pages) {
    return TestServer.startReplacing(useCases -> withSearch(useCases, new PagedSearch(pages)));
  }

  private static UseCases withSearch(UseCases useCases, FindOrders search) {
    return UseCaseOverrides.replace(
        useCases, Map.of("findOrders", UseCaseOverrides.securedForAll(search)));
  }

  /** Returns a page that is always followed by another. */
  private static Slice<Order> endlessPage(int page) {
    Order order = SampleOrders.placedAfterSeconds(-page).toOrder(new OrderNumber(page + 1));
    List<Order> orders = IntStream.range(0, 200).mapToObj(i -> order).toList();
    return new Slice<>(orders, true);
  }

  private static HttpResponse<byte[]> get(int port, String... headers) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
              .headers(headers)
              .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
              .build(),
          BodyHandlers.ofByteArray());
    }
  }

  private static List<String> numbers(TestResponse csv) {
    return csv.body().lines().skip(1).map(row -> row.substring(0, row.indexOf(','))).toList();
  }

  private static final class PagedSearch implements FindOrders {

    private final IntFunction<Slice<Order>> pages;
    private int next;

    PagedSearch(IntFunction<Slice<Order>> pages) {
      this.pages = pages;
    }

    @Override
    public Slice<Order> list(Query query) {
      return pages.apply(next++);
    }

    @Override
    public Optional<Order> byId(OrderId id) {
      return Optional.empty();
    }

    @Override
    public Optional<Order> byNumber(OrderNumber number) {
      return Optional.empty();
    }

    @Override
    public Optional<List<RuleTrace>> trace(OrderId id) {
      return Optional.empty();
    }

    @Override
    public Optional<List<Refund>> refunds(OrderId id) {
      return Optional.empty();
    }

    @Override
    public Optional<List<OrderEvent>> history(OrderId id) {
      return Optional.empty();
    }
  }
}
