package kassa.adapters.http;

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
import kassa.application.UseCases;
import kassa.application.port.in.FindOrders;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.SampleOrders;
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

class ExportingOrdersTest {

  private static final String PATH = "/v1/orders/export";

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void writes_each_order_into_a_row_under_a_header() {
    client.place(Bodies.orderWith("customerId", "\"=1+1,\\\"x\\\"\""));

    Answer csv = client.get(PATH, "Accept", "text/csv");

    assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
    assertThat(csv.header("Content-Disposition")).contains("orders.csv");
    String[] rows = csv.body().split("\r\n", -1);
    assertThat(rows).hasSize(3);
    assertThat(rows[0]).isEqualTo(String.join(",", OrderExportHandler.COLUMNS));
    Answer order = client.get("/v1/orders/1");
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
                ""));
    assertThat(rows[2]).isEmpty();
  }

  @Test
  void writes_each_order_into_a_line_as_it_is_answered_by_itself() {
    client.place(Bodies.GOOD);
    client.place(Bodies.orderWith("quantity", "50"));

    Answer lines = client.get(PATH, "Accept", "application/x-ndjson");

    assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
    assertThat(lines.body())
        .isEqualTo(
            client.get("/v1/orders/2").body() + "\n" + client.get("/v1/orders/1").body() + "\n");
  }

  @Test
  void exports_more_than_a_page_sorted_and_filtered_as_lists_are() {
    for (int i = 0; i < 405; i++) {
      client.place(Bodies.order("USD", Bodies.line(i % 81 == 0 ? "PEN" : "MUG", "1", "1.00")));
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
  void answers_in_the_form_that_is_liked_best(String accept, String contentType) {
    assertThat(client.get(PATH, "Accept", accept).header("Content-Type")).isEqualTo(contentType);
  }

  @Test
  void answers_HEAD_as_GET_without_the_body() {
    client.place(Bodies.GOOD);

    Answer head = client.send("HEAD", PATH, new byte[0], "Accept", "application/x-ndjson");

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
  void compresses_what_may_be_compressed(String acceptEncoding, boolean compressed)
      throws Exception {
    for (int i = 0; i < 300; i++) {
      client.place(Bodies.GOOD);
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
  void a_store_that_is_away_at_the_beginning_is_a_problem() {
    server.store.takeAway();

    assertThat(client.get(PATH).status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "identity"})
  void an_answer_that_breaks_in_the_middle_is_not_taken_for_the_whole(String encoding) {
    try (TestServer breaking =
        over(page -> {
          if (page < 3) {
            return endless(page);
          }
          throw new StoreUnavailableException("gone", new IOException());
        })) {
      assertThatIOException()
          .isThrownBy(() -> get(breaking.http.port(), "Accept-Encoding", encoding));
    }
  }

  @Test
  void a_client_that_goes_away_ends_the_search() throws Exception {
    LinkedBlockingQueue<Integer> pages = new LinkedBlockingQueue<>();
    try (TestServer endless =
        over(page -> {
          pages.add(page);
          return endless(page);
        })) {
      try (RawConnection connection = endless.client.open()) {
        connection.send(
            """
            GET /v1/orders/export HTTP/1.1
            Host: kassa

            """);
        while (pages.take() < 3) {
          // The answer is under way.
        }
      }
      int more = 0;
      while (pages.poll(2, SECONDS) != null) {
        assertThat(more++).as("pages for nobody").isLessThan(1_000);
      }
    }
  }

  @Test
  void an_answer_that_never_ends_is_broken_off_when_the_server_stops() throws Exception {
    LinkedBlockingQueue<Integer> pages = new LinkedBlockingQueue<>();
    TestServer stopping =
        TestServer.stoppingWithin(
            Duration.ofMillis(200),
            useCases ->
                withSearch(
                    useCases,
                    new PagedSearch(page -> {
                      pages.add(page);
                      return endless(page);
                    })));
    CompletableFuture<Throwable> broken =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> get(stopping.http.port(), "Accept", "text/csv")));
    while (pages.take() < 3) {
      // The answer is under way.
    }

    stopping.close();

    assertThat(broken.get(10, SECONDS)).isInstanceOf(IOException.class);
  }

  private static TestServer over(IntFunction<FindOrders.Page> pages) {
    return TestServer.with(useCases -> withSearch(useCases, new PagedSearch(pages)));
  }

  private static UseCases withSearch(UseCases useCases, FindOrders search) {
    return Replaced.in(useCases, Map.of("findOrders", Replaced.forAll(search)));
  }

  /** A page behind which there is always another. */
  private static FindOrders.Page endless(int page) {
    Order order = SampleOrders.placedAfter(-page).accepted(new OrderNumber(page + 1));
    List<Order> orders = IntStream.range(0, 200).mapToObj(i -> order).toList();
    return new FindOrders.Page(orders, order.position());
  }

  private static HttpResponse<byte[]> get(int port, String... headers) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
              .headers(headers)
              .header("Authorization", "Bearer " + TestServer.ADMIN)
              .build(),
          BodyHandlers.ofByteArray());
    }
  }

  private static List<String> numbers(Answer csv) {
    return csv.body().lines().skip(1).map(row -> row.substring(0, row.indexOf(','))).toList();
  }

  private static final class PagedSearch implements FindOrders {

    private final IntFunction<Page> pages;
    private int next;

    PagedSearch(IntFunction<Page> pages) {
      this.pages = pages;
    }

    @Override
    public Page list(Query query) {
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
