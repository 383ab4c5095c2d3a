package kassa.adapters.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import kassa.adapters.http.CorsOrigins;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CORS: requests from pages of other origins. */
class CorsTest {

  private static final String SHOP = "https://shop.example";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  @AutoClose
  private static final TestServer SERVER_WITH_CORS = TestServer.startWithCorsOrigins(SHOP);

  @AutoClose private static final TestServer SERVER_WITHOUT_CORS = TestServer.start();
  @AutoClose private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void cors_allows_configured_origin() throws Exception {
    HttpResponse<String> preflight = preflight(SERVER_WITH_CORS, SHOP);

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue(ALLOW_ORIGIN)).contains(SHOP);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "Idempotency-Key");
    HttpResponse<String> response = get(SERVER_WITH_CORS, SHOP);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue(ALLOW_ORIGIN)).contains(SHOP);
    assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(response.headers().allValues("Vary").toString()).contains("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHOP + " https://other.example",
        "https://other.example " + SHOP,
        SHOP + ", https://other.example"
      })
  void cors_denies_a_list_of_origins(String origins) throws Exception {
    assertThat(preflight(SERVER_WITH_CORS, origins).headers().firstValue(ALLOW_ORIGIN)).isEmpty();
    assertThat(get(SERVER_WITH_CORS, origins).headers().firstValue(ALLOW_ORIGIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.example", "http://shop.example", "https://shopxexample"})
  void cors_denies_other_origins(String origin) throws Exception {
    assertThat(preflight(SERVER_WITH_CORS, origin).headers().firstValue(ALLOW_ORIGIN)).isEmpty();
    assertThat(get(SERVER_WITH_CORS, origin).headers().firstValue(ALLOW_ORIGIN)).isEmpty();
  }

  @Test
  void cors_is_disabled_without_configured_origins() throws Exception {
    assertThat(preflight(SERVER_WITHOUT_CORS, SHOP).headers().firstValue(ALLOW_ORIGIN)).isEmpty();
    assertThat(get(SERVER_WITHOUT_CORS, SHOP).headers().firstValue(ALLOW_ORIGIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "shop.example", "https://shop.example/", "https://*.example", "null"})
  void rejects_malformed_origin(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CorsOrigins(List.of(name)))
        .withMessage("must be origins such as https://shop.example");
  }

  private static HttpResponse<String> preflight(TestServer server, String origin) throws Exception {
    return send(
        request(server, origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization, idempotency-key")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> get(TestServer server, String origin) throws Exception {
    return send(request(server, origin).GET());
  }

  private static HttpRequest.Builder request(TestServer server, String origin) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.http.port() + "/v1/orders"))
        .header("Origin", origin);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
