package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.zip.GZIPInputStream;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestCertificates;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipEncodingTest {

  private static final String LONG_ORDER =
      OrderBodies.order("USD", OrderBodies.repeated(100, OrderBodies.line("MUG", "1", "100.00")));

  @AutoClose private final TestServer server = TestServer.start();
  @AutoClose private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          gzip                          | gzip
          GZIP;q=0.5                    | gzip
          x-gzip                        | gzip
          br, *;q=0.1                   | gzip
          gzip, identity                | gzip
          gzip, identity;q=0            | gzip
          gzip;q=0.5, identity;q=0.5    | gzip
          gzip;q=0.4, identity;q=0.5    | none
          gzip;q=0                      | none
          gzip;q=0, *                   | none
          identity                      | none
          br                            | none
          """,
      delimiter = '|')
  void long_json_has_the_preferred_coding(String acceptEncoding, String coding) throws Exception {
    placeLongOrders(1);

    HttpResponse<byte[]> response = get("/v1/orders", acceptEncoding);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(codingOf(response)).isEqualTo(coding);
    assertThat(response.headers().allValues("Vary")).containsExactly("Accept-Encoding");
    assertThat(text(response)).isEqualTo(server.client.get("/v1/orders").body());
    assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
        .isEqualTo(response.body().length);
    if (coding.equals("gzip")) {
      assertThat(response.body().length).isLessThan(text(response).length() / 5);
    }
  }

  @Test
  void short_json_is_not_compressed() throws Exception {
    HttpResponse<byte[]> response = get("/v1/orders", "gzip");

    assertThat(codingOf(response)).isEqualTo("none");
    assertThat(text(response)).startsWith("{");
  }

  @Test
  void client_that_accepts_gzip_only_gets_short_json_compressed() throws Exception {
    HttpResponse<byte[]> response = get("/v1/orders", "gzip, identity;q=0");

    assertThat(codingOf(response)).isEqualTo("gzip");
    assertThat(text(response)).startsWith("{");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity;q=0",
        "*;q=0",
        "br, identity;q=0",
        "gzip;q=0, identity;q=0",
        "gzip;q=0.000, *;q=0.000"
      })
  void client_that_accepts_no_coding_gets_406_and_nothing_changes(String acceptEncoding)
      throws Exception {
    HttpResponse<byte[]> response =
        http.send(
            request("/v1/orders", acceptEncoding)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(OrderBodies.VALID_ORDER))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(text(response)).contains("Accept-Encoding");
    assertThat(server.client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void head_has_the_headers_of_get() throws Exception {
    placeLongOrders(1);

    HttpResponse<byte[]> get = get("/v1/orders", "gzip");
    HttpResponse<byte[]> head =
        http.send(request("/v1/orders", "gzip").HEAD().build(), BodyHandlers.ofByteArray());

    for (String header : new String[] {"Content-Encoding", "Content-Length", "Vary"}) {
      assertThat(head.headers().allValues(header))
          .isNotEmpty()
          .isEqualTo(get.headers().allValues(header));
    }
    assertThat(head.body()).isEmpty();
  }

  @Test
  void resource_with_strong_entity_tag_is_not_compressed_and_if_match_works() throws Exception {
    String location = server.client.place(LONG_ORDER).header("Location");

    HttpResponse<byte[]> order = get(location, "gzip");
    String tag = order.headers().firstValue("ETag").orElseThrow();
    TestResponse paid =
        server.client.post(
            location + "/pay", "{}", "Content-Type", "application/json", "If-Match", tag);

    assertThat(order.body().length).isGreaterThan(4_096);
    assertThat(codingOf(order)).isEqualTo("none");
    assertThat(tag).isEqualTo("\"1\"");
    assertThat(paid.status()).isEqualTo(200);
  }

  @Test
  void forced_compression_of_a_resource_makes_its_entity_tag_weak() throws Exception {
    String location = server.client.place(LONG_ORDER).header("Location");

    HttpResponse<byte[]> order = get(location, "gzip, identity;q=0");

    assertThat(codingOf(order)).isEqualTo("gzip");
    assertThat(order.headers().firstValue("ETag")).hasValue("W/\"1\"");
    assertThat(text(order)).isEqualTo(server.client.get(location).body());
  }

  @Test
  void long_problem_is_compressed() throws Exception {
    String order =
        OrderBodies.order("USD", OrderBodies.repeated(100, "{\"sku\": \"\", \"quantity\": 0}"));

    HttpResponse<byte[]> response =
        http.send(
            request("/v1/orders", "gzip")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(order))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isIn(400, 422);
    assertThat(codingOf(response)).isEqualTo("gzip");
    assertThat(text(response)).contains("/lines/49/quantity");
  }

  /** Codes are worth money, and the request chooses a part of the response (BREACH). */
  @Test
  void codes_are_never_compressed_even_if_replayed() throws Exception {
    String rule =
        HttpTestRules.idOf(HttpTestRules.createRule(server.client, HttpTestRules.VALID_RULE));
    HttpRequest issue =
        request("/v1/codes", "gzip")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "codes-1")
            .POST(BodyPublishers.ofString("{\"ruleId\": \"" + rule + "\", \"count\": 500}"))
            .build();

    HttpResponse<byte[]> issued = http.send(issue, BodyHandlers.ofByteArray());
    HttpResponse<byte[]> replayed = http.send(issue, BodyHandlers.ofByteArray());
    HttpResponse<byte[]> listed = get("/v1/codes?limit=200", "gzip");

    assertThat(replayed.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    for (HttpResponse<byte[]> response : List.of(issued, replayed, listed)) {
      assertThat(response.body().length).isGreaterThan(4_096);
      assertThat(codingOf(response)).isEqualTo("none");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/auth/login", "/v1/api-keys", "/v1/users"})
  void secrets_are_never_compressed(String path) throws Exception {
    HttpResponse<byte[]> response = postForcingGzip(path);

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(codingOf(response)).isEqualTo("none");
  }

  /** The answer to a changed password is empty, so that every coding is acceptable. */
  @Test
  void problem_of_a_password_change_is_never_compressed() throws Exception {
    HttpResponse<byte[]> response = postForcingGzip("/v1/auth/password");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(codingOf(response)).isEqualTo("none");
    assertThat(response.body()).asString(UTF_8).contains("\"code\":\"forbidden\"");
  }

  private HttpResponse<byte[]> postForcingGzip(String path) throws Exception {
    return http.send(
        request(path, "gzip, identity;q=0")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build(),
        BodyHandlers.ofByteArray());
  }

  @Test
  void stream_of_orders_is_not_compressed() throws Exception {
    HttpRequest.Builder stream =
        request("/v1/orders/batch", "gzip, identity;q=0")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(OrderBodies.VALID_ORDER));

    HttpResponse<byte[]> refused = http.send(stream.build(), BodyHandlers.ofByteArray());
    HttpResponse<byte[]> accepted =
        http.send(stream.setHeader("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());

    assertThat(refused.statusCode()).isEqualTo(406);
    assertThat(accepted.statusCode()).isEqualTo(200);
    assertThat(codingOf(accepted)).isEqualTo("none");
  }

  @Test
  void compresses_over_http_2(@TempDir Path folder) throws Exception {
    KeyStore keys = TestCertificates.shared("EC");
    try (TestServer secure = TestServer.startWith(TestCertificates.write(folder, keys));
        HttpClient client = TestCertificates.clientTrusting(keys, HttpClient.Version.HTTP_2)) {
      HttpRequest.Builder list =
          HttpRequest.newBuilder(
                  URI.create("https://localhost:" + secure.http.port() + "/v1/rules"))
              .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
              .header("Accept-Encoding", "gzip, identity;q=0");

      HttpResponse<byte[]> get = client.send(list.build(), BodyHandlers.ofByteArray());
      HttpResponse<byte[]> head = client.send(list.HEAD().build(), BodyHandlers.ofByteArray());

      assertThat(get.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(codingOf(get)).isEqualTo("gzip");
      assertThat(text(get)).startsWith("{\"data\":");
      assertThat(codingOf(head)).isEqualTo("gzip");
      assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0))
          .isEqualTo(get.body().length);
    }
  }

  private void placeLongOrders(int count) {
    for (int i = 0; i < count; i++) {
      server.client.place(LONG_ORDER);
    }
  }

  private HttpResponse<byte[]> get(String target, String acceptEncoding) throws Exception {
    return http.send(request(target, acceptEncoding).build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String target, String acceptEncoding) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.http.port()).resolve(target))
        .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
        .header("Accept-Encoding", acceptEncoding);
  }

  private static String codingOf(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Encoding").orElse("none");
  }

  private static String text(HttpResponse<byte[]> response) throws IOException {
    byte[] body =
        codingOf(response).equals("gzip")
            ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes()
            : response.body();
    return new String(body, UTF_8);
  }
}
