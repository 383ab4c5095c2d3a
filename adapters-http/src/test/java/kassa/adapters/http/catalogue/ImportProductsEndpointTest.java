package kassa.adapters.http.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.http.OrderBodies.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.request.RequestIds;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportProductsEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void creates_new_and_replaces_existing_products() {
    client.post("/v1/products", product("MUG", "1"));

    TestResponse response =
        send(product("PEN", "2") + "\n" + product("MUG", "3") + "\n" + product("PEN", "4") + "\n");

    assertThat(response.body())
        .isEqualTo("{\"created\":1,\"updated\":2,\"rejected\":0,\"problems\":[]}");
    assertThat(client.get("/v1/products/MUG").at("/unitPrice")).isEqualTo("3.00");
    assertThat(client.get("/v1/products/PEN").at("/unitPrice")).isEqualTo("4.00");
    assertThat(client.get("/v1/products/PEN").at("/version")).isEqualTo("2");
  }

  @Test
  void rejects_json_over_several_lines_as_a_whole() {
    TestResponse response = send("\n[\n" + product("A", "1") + "\n]");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/detail")).contains("one object per line");
    assertThat(client.get("/v1/products/A").status()).isEqualTo(404);
  }

  /** Each tree of 32,000 tokens takes some 2 MiB of the budget. */
  @Test
  void memory_of_a_line_is_released_before_the_next_line() {
    String tags = "[" + "1,".repeat(9_999) + "1]";
    String line = "{\"sku\":\"A\",\"tags\":[%s,%s,%s]}\n".formatted(tags, tags, tags);
    long budget = Runtime.getRuntime().maxMemory() / 4;
    int lines = (int) (budget / (3 * 10_000 * 64)) + 1;
    assumeThat((long) lines * line.length()).isLessThan(ProductImportHandler.MAX_BODY_BYTES);

    TestResponse response = send(line.repeat(lines) + product("PEN", "2"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.at("/created")).isEqualTo("1");
    assertThat(response.at("/rejected")).isEqualTo(Integer.toString(lines));
  }

  @Test
  void reports_each_rejected_line_and_imports_the_others() {
    TestResponse response =
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

    assertThat(response.at("/created")).isEqualTo("3");
    assertThat(response.at("/rejected")).isEqualTo("4");
    assertThat(
            response
                .json()
                .get("problems")
                .valueStream()
                .map(problem ->
                    problem.get("line") + " " + problem.at("/problem/code").stringValue()))
        .containsExactly(
            "2 invalid_value", "4 malformed_json", "7 invalid_request", "8 invalid_request");
    assertThat(response.at("/problems/3/problem/errors/0/pointer")).isEqualTo("/stock");
    assertThat(response.at("/problems/0/problem/requestId"))
        .isEqualTo(response.header(RequestIds.HEADER));
    assertThat(server.products.listBySku(null, 10))
        .extracting(product -> product.sku().value())
        .containsExactly("A", "D", "F");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 499, 500, 501, 1000, 1234})
  void accepts_any_number_of_lines(int lines) {
    TestResponse response = send(products(lines));

    assertThat(response.at("/created")).isEqualTo("" + lines);
    assertThat(server.products.listBySku(null, 2000)).hasSize(lines);
    assertThat(send(products(lines)).at("/updated")).isEqualTo("" + lines);
  }

  @Test
  void reports_the_first_hundred_problems_and_counts_all() {
    TestResponse response = send("{}\n".repeat(150) + product("MUG", "1"));

    assertThat(response.at("/created")).isEqualTo("1");
    assertThat(response.at("/rejected")).isEqualTo("150");
    assertThat(response.json().get("problems")).hasSize(100);
    assertThat(response.at("/problems/99/line")).isEqualTo("100");
  }

  @Test
  void rejects_only_lines_longer_than_64_kib() {
    String product = product("LONG", "1");
    String lineOfMaxLength =
        product + " ".repeat(ProductImportHandler.MAX_LINE_BYTES - product.length());

    TestResponse response =
        send(
            String.join(
                "\n",
                lineOfMaxLength,
                lineOfMaxLength + " ",
                "x".repeat(300_000),
                product("MUG", "1"),
                lineOfMaxLength));

    assertThat(response.at("/created")).isEqualTo("2");
    assertThat(response.at("/updated")).isEqualTo("1");
    assertThat(response.at("/problems/0/line")).isEqualTo("2");
    assertThat(response.at("/problems/1/line")).isEqualTo("3");
    assertThat(response.at("/problems/0/problem/detail"))
        .isEqualTo("A line must have at most 65536 bytes.");
  }

  @Test
  void rejects_only_the_line_with_invalid_utf_8() {
    byte[] body = (product("M?G", "1") + "\n" + product("PEN", "1")).getBytes(UTF_8);
    body[product("M", "1").indexOf("M") + 1] = (byte) 0xFF;

    TestResponse response =
        client.post("/v1/products/import", body, "Content-Type", "application/x-ndjson");

    assertThat(response.at("/created")).isEqualTo("1");
    assertThat(response.at("/problems/0/problem/code")).isEqualTo("malformed_json");
  }

  @Test
  void rejects_too_large_content_length() {
    try (RawHttpConnection connection = client.openConnection()) {
      TestResponse response =
          connection
              .send(
                  """
                  POST /v1/products/import HTTP/1.1
                  Host: kassa
                  Content-Type: application/x-ndjson
                  Content-Length: 67108865

                  """)
              .readResponse("POST", "/v1/products/import");

      assertThat(response.status()).isEqualTo(413);
      assertThat(response.at("/detail")).isEqualTo("The body must have at most 67108864 bytes.");
    }
  }

  @Test
  void stops_import_when_the_body_exceeds_its_limit() throws Exception {
    HttpResponse<String> response = sendStreamed(ProductImportHandler.MAX_BODY_BYTES + 1L);

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(server.products.listBySku(null, 10)).isEmpty();
  }

  @Test
  void accepts_body_of_64_mib() throws Exception {
    HttpResponse<String> response = sendStreamed(ProductImportHandler.MAX_BODY_BYTES);

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson; charset=latin1", "text/plain"})
  void rejects_other_content_type_than_ndjson(String contentType) {
    TestResponse response =
        client.post("/v1/products/import", product("MUG", "1"), "Content-Type", contentType);

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.at("/detail"))
        .isEqualTo("Content-Type must be application/x-ndjson in UTF-8.");
  }

  private TestResponse send(String body) {
    return client.post("/v1/products/import", body, "Content-Type", "application/x-ndjson");
  }

  private static String products(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> product("SKU-" + i, "1"))
        .collect(Collectors.joining("\n"));
  }

  /** Sends whitespace of this length without {@code Content-Length}. */
  private HttpResponse<String> sendStreamed(long length) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.http.port() + "/v1/products/import"))
            .header("Content-Type", "application/x-ndjson")
            .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
            .POST(BodyPublishers.ofInputStream(() -> new BlankLines(length)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static final class BlankLines extends InputStream {

    private long remaining;

    BlankLines(long length) {
      remaining = length;
    }

    @Override
    public int read() {
      return remaining-- > 0 ? (remaining % 80 == 0 ? '\n' : ' ') : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (remaining <= 0) {
        return -1;
      }
      int count = (int) Math.min(remaining, length);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = (byte) read();
      }
      return count;
    }
  }
}
