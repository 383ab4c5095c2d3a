package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.http.Bodies.product;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportingProductsTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void creates_what_is_new_and_replaces_what_is_not() {
    client.post("/v1/products", product("MUG", "1"));

    Answer answer =
        send(product("PEN", "2") + "\n" + product("MUG", "3") + "\n" + product("PEN", "4") + "\n");

    assertThat(answer.body())
        .isEqualTo("{\"created\":1,\"updated\":2,\"rejected\":0,\"problems\":[]}");
    assertThat(client.get("/v1/products/MUG").at("/unitPrice")).isEqualTo("3.00");
    assertThat(client.get("/v1/products/PEN").at("/unitPrice")).isEqualTo("4.00");
    assertThat(client.get("/v1/products/PEN").at("/version")).isEqualTo("2");
  }

  @Test
  void tells_of_each_line_that_is_refused_and_keeps_the_others() {
    Answer answer =
        send(
            String.join(
                "\n",
                product("A", "1"),
                "{\"sku\": \"B\"}",
                "",
                "{\"sku\": \"C\"",
                " \t\r",
                product("D", "1") + "\r",
                "[]",
                product("E", "1").replace("}", ", \"stock\": 4}"),
                product("F", "1")));

    assertThat(answer.at("/created")).isEqualTo("3");
    assertThat(answer.at("/rejected")).isEqualTo("4");
    assertThat(
            answer
                .json()
                .get("problems")
                .valueStream()
                .map(problem ->
                    problem.get("line") + " " + problem.at("/problem/code").stringValue()))
        .containsExactly(
            "2 invalid_value", "4 malformed_json", "7 invalid_request", "8 invalid_request");
    assertThat(answer.at("/problems/3/problem/errors/0/pointer")).isEqualTo("/stock");
    assertThat(answer.at("/problems/0/problem/requestId"))
        .isEqualTo(answer.header(RequestIds.HEADER));
    assertThat(server.products.risingBySku(null, 10))
        .extracting(product -> product.sku().value())
        .containsExactly("A", "D", "F");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 501, 1000, 1234})
  void takes_any_number_of_lines(int lines) {
    Answer answer = send(products(lines));

    assertThat(answer.at("/created")).isEqualTo("" + lines);
    assertThat(server.products.risingBySku(null, 2000)).hasSize(lines);
    assertThat(send(products(lines)).at("/updated")).isEqualTo("" + lines);
  }

  @Test
  void tells_of_the_first_hundred_problems_and_counts_all() {
    Answer answer = send("{}\n".repeat(150) + product("MUG", "1"));

    assertThat(answer.at("/created")).isEqualTo("1");
    assertThat(answer.at("/rejected")).isEqualTo("150");
    assertThat(answer.json().get("problems")).hasSize(100);
    assertThat(answer.at("/problems/99/line")).isEqualTo("100");
  }

  @Test
  void takes_a_line_of_64_KiB_and_refuses_a_longer_one_alone() {
    String product = product("LONG", "1");
    String longest = product + " ".repeat(ProductImportHandler.LONGEST_LINE - product.length());

    Answer answer =
        send(
            String.join(
                "\n", longest, longest + " ", "x".repeat(300_000), product("MUG", "1"), longest));

    assertThat(answer.at("/created")).isEqualTo("2");
    assertThat(answer.at("/updated")).isEqualTo("1");
    assertThat(answer.at("/problems/0/line")).isEqualTo("2");
    assertThat(answer.at("/problems/1/line")).isEqualTo("3");
    assertThat(answer.at("/problems/0/problem/detail"))
        .isEqualTo("A line must have at most 65536 bytes.");
  }

  @Test
  void refuses_a_line_that_is_not_utf_8_alone() {
    byte[] body = (product("M?G", "1") + "\n" + product("PEN", "1")).getBytes(UTF_8);
    body[product("M", "1").indexOf("M") + 1] = (byte) 0xFF;

    Answer answer =
        client.post("/v1/products/import", body, "Content-Type", "application/x-ndjson");

    assertThat(answer.at("/created")).isEqualTo("1");
    assertThat(answer.at("/problems/0/problem/code")).isEqualTo("malformed_json");
  }

  @Test
  void refuses_a_body_that_says_beforehand_that_it_is_too_large() {
    try (RawConnection connection = client.open()) {
      Answer answer =
          connection
              .send(
                  """
                  POST /v1/products/import HTTP/1.1
                  Host: kassa
                  Content-Type: application/x-ndjson
                  Content-Length: 67108865

                  """)
              .answer("POST", "/v1/products/import");

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.at("/detail")).isEqualTo("The body must have at most 67108864 bytes.");
    }
  }

  @Test
  void ends_the_import_where_a_body_becomes_too_large() throws Exception {
    HttpResponse<String> response = sendStreamed(ProductImportHandler.LARGEST_BODY + 1L);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(server.products.risingBySku(null, 10)).isEmpty();
  }

  @Test
  void takes_a_body_of_64_MiB() throws Exception {
    HttpResponse<String> response = sendStreamed(ProductImportHandler.LARGEST_BODY);

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson; charset=latin1", "text/plain"})
  void refuses_what_is_not_ndjson_by_its_headers(String contentType) {
    Answer answer =
        client.post("/v1/products/import", product("MUG", "1"), "Content-Type", contentType);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.at("/detail"))
        .isEqualTo("Content-Type must be application/x-ndjson in UTF-8.");
  }

  private Answer send(String body) {
    return client.post("/v1/products/import", body, "Content-Type", "application/x-ndjson");
  }

  private static String products(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> product("SKU-" + i, "1"))
        .collect(Collectors.joining("\n"));
  }

  /** White space of this length, whose length is not said beforehand. */
  private HttpResponse<String> sendStreamed(long length) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.http.port() + "/v1/products/import"))
            .header("Content-Type", "application/x-ndjson")
            .header("Authorization", "Bearer " + TestServer.ADMIN)
            .POST(BodyPublishers.ofInputStream(() -> new BlankLines(length)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static final class BlankLines extends InputStream {

    private long left;

    BlankLines(long length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? (left % 80 == 0 ? '\n' : ' ') : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = (byte) read();
      }
      return count;
    }
  }
}
