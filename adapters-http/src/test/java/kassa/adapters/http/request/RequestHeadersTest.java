package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Idempotency-Key: a\nIdempotency-Key: b",
        "idempotency-key: a\nIDEMPOTENCY-KEY: a",
        "Content-Type: application/json\nContent-Type: application/x-ndjson",
        "Authorization: Bearer x",
        "X-Request-Id: a\nX-Request-Id: b",
        "Origin: http://a.example\nOrigin: http://b.example",
        "Sec-Fetch-Site: none\nSec-Fetch-Site: cross-site",
      })
  void rejects_a_repeated_header_that_has_one_value(String headers) {
    TestResponse response =
        send(
            "POST /v1/orders",
            headers,
            OrderBodies.order("USD", OrderBodies.line("HEADERS", "1", "1")));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/errors/0/code")).isEqualTo("repeated_header");
    assertThat(client.get("/v1/orders?sku=HEADERS").json().get("data")).isEmpty();
  }

  @Test
  void accepts_repeated_headers_that_are_lists() {
    String accept = "Accept: text/plain\nAccept: application/json\nIf-None-Match: \"1\"";

    assertThat(send("GET /v1/orders", accept + "\nIf-None-Match: \"2\"", "").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "Identity, identity"})
  void accepts_a_body_without_encoding(String encoding) {
    assertThat(
            client
                .post(
                    "/v1/quotes",
                    OrderBodies.VALID_ORDER,
                    "Content-Type",
                    "application/json;",
                    "Content-Encoding",
                    encoding)
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/orders/export", "/v1/orders", "/v1/reports/sales?groupBy=day"})
  void head_never_has_the_length_of_an_empty_body(String path) throws Exception {
    client.place(OrderBodies.VALID_ORDER);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> head =
          http.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + SERVER.http.port() + path))
                  .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
                  .HEAD()
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.headers().firstValue("Content-Length").orElse("none")).isNotEqualTo("0");
    }
  }

  @Test
  void weak_tag_in_if_match_is_explained() {
    client.post("/v1/products", OrderBodies.product("WEAK", "12.50"));
    String tag = client.get("/v1/products/WEAK").header("ETag");

    TestResponse weak = client.delete("/v1/products/WEAK", "If-Match", "\"x\", W/" + tag);
    TestResponse stale = client.delete("/v1/products/WEAK", "If-Match", "\"x\"");

    assertThat(List.of(weak.status(), stale.status())).containsExactly(412, 412);
    assertThat(weak.at("/detail")).contains("Weak tags never match");
    assertThat(stale.at("/detail")).doesNotContain("Weak");
  }

  private TestResponse send(String call, String headers, String body) {
    try (RawHttpConnection connection = client.openConnection()) {
      String[] methodAndPath = call.split(" ", -1);
      return connection
          .send(
              "%s HTTP/1.1\nHost: kassa\n%s\nContent-Length: %s\n\n%s"
                  .formatted(call, headers, body.length(), body))
          .readResponse(methodAndPath[0], methodAndPath[1]);
    }
  }
}
